import { execFileSync } from "node:child_process";

/** The commit the code is at; with a plus where files differ from it. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "lib") ? "+" : "");
}
