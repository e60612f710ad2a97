import { join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";

/** The file a run's trained model is kept in. */
export function checkpointFile(id: string): string {
  return join(cacheFolder(), "models", `${id}.safetensors`);
}
