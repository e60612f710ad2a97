/**
 * Checks that imports between the rooms of lib/ point one way, that nobody imports past a room's
 * `mod.ts`, that no files import each other in a circle, and that deno.json exports every room.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The rooms, and the rooms each may import. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  random: [],
  files: [],
  data: ["random"],
  text: ["random"],
  lm: ["random", "text", "classify"],
  classify: ["random", "text"],
  tagging: [],
  ngram: ["random", "files", "text", "lm"],
  "ngram/scale": ["data", "text", "lm", "ngram", "random"],
  engine: ["random"],
  nn: ["random", "files", "text", "engine"],
  feedforward: ["random", "text", "lm", "classify", "tagging", "ngram", "engine", "nn"],
  rnn: ["random", "text", "lm", "classify", "tagging", "ngram", "engine", "nn"],
  parser: ["random", "files", "data", "text", "tagging", "engine", "nn", "rnn"],
  plot: ["random", "text", "lm", "classify"],
  tables: [
    ...["random", "files", "data", "text", "lm", "classify", "tagging", "ngram", "engine", "nn"],
    ...["feedforward", "rnn", "parser", "plot"],
  ],
};

const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join("lib", name));
const problems: string[] = [];
const imports = new Map<string, string[]>();

/** The room a file is in: a folder of lib/, or one inside it that has a face of its own. */
function roomOf(file: string): string {
  const [, room, folder] = file.split("/");
  return files.includes(`lib/${room}/${folder}/mod.ts`) ? `${room}/${folder}` : room;
}

for (const file of files) {
  const room = roomOf(file);
  const found: string[] = [];
  const code = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  for (const [, specifier] of code.matchAll(/(?:from|import)\s*\(?\s*"([#.][^"]+)"/g)) {
    const target = specifier.startsWith("#")
      ? specifier.slice(1)
      : normalize(join(dirname(file), specifier));
    found.push(target);
    if (!target.startsWith("lib/")) continue;
    const targetRoom = roomOf(target);
    if (targetRoom === room) continue;
    if (!(MAY_IMPORT[room] ?? []).includes(targetRoom)) {
      problems.push(`${file}: ${room} may not import ${targetRoom}`);
    }
    if (target !== `lib/${targetRoom}/mod.ts`) {
      problems.push(`${file}: imports ${target}, past lib/${targetRoom}/mod.ts`);
    }
  }
  imports.set(file, found);
}

const done = new Set<string>();
function visit(file: string, path: readonly string[]): void {
  if (path.includes(file)) {
    const circle = [...path.slice(path.indexOf(file)), file];
    problems.push(`circle of imports: ${circle.join(" -> ")}`);
    return;
  }
  if (done.has(file)) return;
  for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
  done.add(file);
}
for (const file of files) visit(file, []);

const { exports } = JSON.parse(readFileSync("deno.json", "utf8")) as {
  exports: Record<string, string>;
};
const rooms = new Set(files.map(roomOf));
for (const room of rooms) {
  if (!(room in MAY_IMPORT)) {
    problems.push(`lib/${room}: a room tools/check_imports.ts does not know`);
  }
  if (exports[`./${room}`] !== `./lib/${room}/mod.ts`) {
    problems.push(`deno.json: "exports" lacks "./${room}": "./lib/${room}/mod.ts"`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`imports: ${files.length} files in ${rooms.size} rooms, ${problems.length} problems`);
if (problems.length > 0) Deno.exit(1);
