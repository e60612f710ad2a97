import { type Engine, engine } from "#lib/engine/mod.ts";
import { type Checkpoint, loadCheckpoint, putParameters } from "./checkpoint.ts";
import type { JsonValue } from "./json_value.ts";
import type { OnEngine } from "./parameter.ts";
import type { TrainingState } from "./training.ts";

/** What goes into a model's file besides the model; {@linkcode loadCheckpoint} gives it back. */
export interface SaveModelOptions {
  /** Where its training stands, from a report. @default {nothing: it is done} */
  training?: TrainingState;
  /** Anything, as `config.notes`. @default {null} */
  notes?: JsonValue;
}

/** How a model is made of a file; its config says `format`. */
export interface LoadModelOptions<Config, Model> {
  /** What its config must say. */
  format: string;
  /** What the file should hold, for an error: "a tagger". */
  what: string;
  /** Makes the model from its config, with any weights. */
  build(engine: Engine, config: Config): Model;
}

/**
 * Reads a model from a checkpoint whose config has a format and all that builds it.
 *
 * @throws {SyntaxError} if the file is damaged, or of another format
 * @throws {RangeError} if its parameters are not the model's; nothing is left behind
 */
export async function loadModel<Config, Model extends OnEngine & { dispose(): void }>(
  path: string,
  { format, what, build }: LoadModelOptions<Config, Model>,
): Promise<{ model: Model; config: Config }> {
  const { config, parameters }: Checkpoint = await loadCheckpoint(path);
  const found = (config as { format?: JsonValue } | null)?.format;
  if (found !== format) {
    throw new SyntaxError(
      `Cannot read ${what} from ${path}: expected the format "${format}", got` +
        ` ${JSON.stringify(found)} (train it anew)`,
    );
  }
  const model = build(await engine(), config as unknown as Config);
  try {
    putParameters(model, parameters);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model, config: config as unknown as Config };
}
