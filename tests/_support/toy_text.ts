/** A small text of our own: 40 short sentences over a few dozen words, some seen once. */
export const toySentences: readonly (readonly string[])[] = `
the students opened their books
the students opened their laptops
the students opened their exams as the clock started
the students closed their books
the proctor started the clock
the proctor closed the door
as the proctor started the clock the students opened their exams
the cat sat on the mat
the cat sat on the books
the dog sat by the door
the dog saw the cat
the cat saw the dog and sat
a student saw a dog
a student opened a book
a student opened the door
the student read a book about a dog
the student read the book about the cat
a cat read nothing
the dog opened the door and the cat sat
they opened their books
they closed their laptops
they read their books on the mat
they saw the students
students read books
students open laptops
proctors close doors
the clock stopped
the clock started
the clock started as the door closed
the book about the dog fell
the book fell on the mat
the laptops fell on the books
a dog and a cat sat on a mat
a dog and a student read a book
the students and the proctor saw the clock
their books fell
their exams started
their clock stopped
and the students read
and the proctor read
`.trim().split("\n").map((line) => line.split(" "));
