/**
 * Runs `deno doc --lint` over every room's public face and checks that each `mod.ts` re-exports
 * what its files make public. Of the lint's findings, references to types of npm packages
 * (`private-type-ref`) are left out: those types are documented by their packages.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

interface Finding {
  kind: string;
  text: string;
}

/** Folders of lib/, and folders inside them, that have a face of their own. */
const rooms = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((name) => basename(name) === "mod.ts")
  .map((name) => join("lib", dirname(name)));

function lint(faces: readonly string[]): Finding[] {
  const { stderr } = new Deno.Command("deno", {
    args: ["doc", "--lint", ...faces],
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).outputSync();
  const blocks = new TextDecoder().decode(stderr).split(/\n(?=error\[)/);
  return blocks.flatMap((text) => {
    const kind = /^error\[([\w-]+)\]/.exec(text.trim())?.[1];
    return kind ? [{ kind, text: text.trim() }] : [];
  });
}

/** Whether the type referred to is imported from a package, under a name without "." or "#". */
function isAboutNpmType({ kind, text }: Finding): boolean {
  if (kind !== "private-type-ref") return false;
  const [, name] = /references private type '([\w.]+)'/.exec(text) ?? [];
  const [, file] = /--> (.+?):\d+/.exec(text) ?? [];
  if (!name || !file) return false;
  const imports = readFileSync(file, "utf8").matchAll(/import type ([^"]+) from "([^.#"][^"]*)"/g);
  return [...imports].some(([, names]) => names.match(/\w+/g)?.includes(name));
}

/** Public files are re-exported by their room; files that start with `_` never are. */
function faceProblems(room: string): string[] {
  const face = readFileSync(join(room, "mod.ts"), "utf8");
  return readdirSync(room, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    if (!name.endsWith(".ts") || name === "mod.ts" || name === "main.ts") return [];
    if (name.startsWith("assembly/")) return []; // AssemblyScript: compiled, not imported
    if (name.includes("/") && rooms.includes(join(room, dirname(name)))) return [];
    const isReExported = face.includes(`"./${name}"`);
    if (basename(name).startsWith("_")) {
      return isReExported ? [`${room}/mod.ts re-exports the private file ${name}`] : [];
    }
    return isReExported ? [] : [`${room}/mod.ts does not re-export ${name} (private? "_${name}")`];
  });
}

const findings = lint(rooms.map((room) => join(room, "mod.ts"))).filter((f) => !isAboutNpmType(f));
const problems = [...findings.map((finding) => finding.text), ...rooms.flatMap(faceProblems)];
for (const problem of problems) console.error(problem);
console.log(`docs: ${rooms.length} rooms, ${problems.length} problems`);
if (problems.length > 0) Deno.exit(1);
