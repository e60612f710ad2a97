/** Runs the test with a cache folder of its own. */
export async function withCache(body: () => Promise<void>): Promise<void> {
  const before = Deno.env.get("LECTURE_DATA"), folder = await Deno.makeTempDir();
  Deno.env.set("LECTURE_DATA", folder);
  try {
    await body();
  } finally {
    if (before === undefined) Deno.env.delete("LECTURE_DATA");
    else Deno.env.set("LECTURE_DATA", before);
    await Deno.remove(folder, { recursive: true });
  }
}
