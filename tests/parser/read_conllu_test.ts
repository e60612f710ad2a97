import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type ConlluSentence,
  formatConllu,
  parseConllu,
  readConllu,
  TreebankError,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { SAMPLE } from "./_sample.ts";

async function* pieces(bytes: Uint8Array, size: () => number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const end = start + size();
    yield await Promise.resolve(bytes.subarray(start, end));
    start = end;
  }
}

const collect = (chunks: AsyncIterable<Uint8Array>): Promise<ConlluSentence[]> =>
  Array.fromAsync(readConllu(chunks));

Deno.test("cut anywhere, a stream gives the sentences of the whole text", async () => {
  const random = seeded(1), bytes = new TextEncoder().encode(SAMPLE.repeat(20));
  const whole = parseConllu(SAMPLE.repeat(20));
  for (const longest of [1, 7, 100, 5000]) {
    const size = () => 1 + Math.floor(random() * longest);
    assertEquals(await collect(pieces(bytes, size)), whole);
  }
  assertEquals(await collect(pieces(bytes.subarray(0, -2), () => 64)), whole);
});

Deno.test("a byte-order mark is skipped, wherever the stream is cut", async () => {
  const bytes = new TextEncoder().encode(`\ufeff${SAMPLE}`);
  for (const size of [1, 2, 100_000]) {
    assertEquals(await collect(pieces(bytes, () => size)), parseConllu(SAMPLE));
  }
});

Deno.test("errors carry the line of the file, wherever it was cut", async () => {
  const broken = new TextEncoder().encode(SAMPLE.repeat(5) + "1\tx\n\n");
  for (const size of [3, 40, 100_000]) {
    const error = await assertRejects(() => collect(pieces(broken, () => size)), TreebankError);
    assertEquals(error.line, 5 * (SAMPLE.split("\n").length - 1) + 1);
  }
});

Deno.test("bytes that are not UTF-8 are refused with their line", async () => {
  const bytes = new TextEncoder().encode(SAMPLE);
  bytes[SAMPLE.indexOf("They\tthey")] = 0xff;
  for (const size of [5, 100_000]) {
    const error = await assertRejects(() => collect(pieces(bytes, () => size)), TreebankError);
    assertEquals(error.line, 4);
    assert(error.message.includes("UTF-8"));
  }
});

Deno.test("a stream without line ends or empty lines is refused before it fills the memory", async () => {
  async function* endless(text: string) {
    const bytes = new TextEncoder().encode(text);
    while (true) yield await Promise.resolve(bytes);
  }
  await assertRejects(() => collect(endless("x".repeat(65_536))), TreebankError, "bytes");
  await assertRejects(() => collect(endless("#\n".repeat(32_768))), TreebankError, "characters");
});

Deno.test("sentences come as soon as they are complete, and no more is read than needed", async () => {
  let taken = 0;
  async function* chunks() {
    for (; taken < 1000; taken++) yield await Promise.resolve(new TextEncoder().encode(SAMPLE));
  }
  for await (const sentence of readConllu(chunks())) {
    assert(formatConllu([sentence]).startsWith("# sent_id = 1"));
    break;
  }
  assertEquals(taken, 0); // the generator was stopped at its first chunk
});
