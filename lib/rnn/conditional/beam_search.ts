import type { PlainLayerState } from "../text_batches.ts";
import type { Decoder, DecoderState } from "./decoder.ts";
import type { Condition } from "./encoder.ts";

/** Settings of {@linkcode beamSearch}. */
export interface BeamSearchOptions {
  /** How many of the likeliest beginnings are kept after each symbol; 1 is greedy. @default {4} */
  beam?: number;
  /** The most symbols of an output. @default {50} */
  maxLength?: number;
}

/** An output that was found. */
export interface FoundOutput {
  /** Its symbols, without `</s>`. */
  y: number[];
  /** log P(y, `</s>` | x), natural logarithm; of the symbols alone where no `</s>` was reached. */
  logProbability: number;
}

/** An output on its way; `row` is its place among the decoder's. */
interface Hypothesis extends FoundOutput {
  row: number;
  isEnded: boolean;
}

const ROWS = 128; // outputs that go on side by side

/**
 * Likely outputs for each x. What `complete()` finds from `model.given(x)`, for many x at a time:
 * after each symbol the likeliest beginnings are kept, ended ones among them. `<unk>` is never put
 * out.
 *
 * @returns for each x up to `beam` outputs, the likeliest first
 * @throws {RangeError} if an option is not a whole number above 0
 */
export function beamSearch(
  decoder: Decoder,
  xs: readonly Condition[],
  options: BeamSearchOptions = {},
): FoundOutput[][] {
  const { beam = 4, maxLength = 50 } = options;
  for (const [name, value] of Object.entries({ beam, maxLength })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `Cannot search: expected a whole ${name} of 1 or more, got ${value}`,
    );
  }
  // x of similar length side by side, so that little of a batch is padding
  const order = Array.from(xs, (_, i) => i).sort((a, b) => xs[a].length - xs[b].length);
  const size = Math.max(1, Math.floor(ROWS / beam)), found: FoundOutput[][] = [];
  for (let from = 0; from < order.length; from += size) {
    const places = order.slice(from, from + size);
    const outputs = searchBatch(decoder, places.map((i) => xs[i]), { beam, maxLength });
    outputs.forEach((output, b) => found[places[b]] = output);
  }
  return found;
}

/** All at once: row b · beam + k of the decoder is the k-th beginning for x number b. */
function searchBatch(
  decoder: Decoder,
  xs: readonly Condition[],
  { beam, maxLength }: Required<BeamSearchOptions>,
): FoundOutput[][] {
  const { source, state: first } = decoder.begin(xs.flatMap((x) => new Array(beam).fill(x)));
  let state = first;
  let beams: Hypothesis[][] = xs.map((_, b) => [
    { y: [], logProbability: 0, row: b * beam, isEnded: false },
  ]);
  for (let length = 1; length <= maxLength; length++) {
    const parents = new Int32Array(xs.length * beam).map((_, row) => row);
    const ids = new Int32Array(parents.length).fill(decoder.vocabulary.end);
    beams = beams.map((hypotheses, b) =>
      hypotheses
        .flatMap((each) => each.isEnded ? [each] : extended(decoder, each, { state, beam }))
        .sort((a, b) => b.logProbability - a.logProbability)
        .slice(0, beam)
        .map((each, k) => {
          const row = b * beam + k;
          if (each.isEnded) return each;
          parents[row] = each.row;
          ids[row] = each.y.at(-1)!;
          return { ...each, row };
        })
    );
    if (length === maxLength || beams.every((each) => each.every(({ isEnded }) => isEnded))) break;
    state = decoder.step(source, state.layers.map((layer) => rowsOf(layer, parents)), ids);
  }
  return beams.map((each) => each.map(({ y, logProbability }) => ({ y, logProbability })));
}

/** The hypothesis with each of the likeliest next symbols. */
function extended(
  { vocabulary }: Decoder,
  { y, logProbability, row }: Hypothesis,
  { state, beam }: { state: DecoderState; beam: number },
): Hypothesis[] {
  const { size, end, unknown } = vocabulary;
  const logP = state.logProbabilities.subarray(row * size, (row + 1) * size);
  return Array.from(logP, (_, id) => id)
    .filter((id) => id !== unknown && logP[id] > -Infinity)
    .sort((a, b) => logP[b] - logP[a])
    .slice(0, beam)
    .map((id) => ({
      y: id === end ? y : [...y, id],
      logProbability: logProbability + logP[id],
      row,
      isEnded: id === end,
    }));
}

/** The states of these rows. */
function rowsOf({ h, c }: PlainLayerState, rows: Int32Array): PlainLayerState {
  const taken = (data: Float32Array) => {
    const width = data.length / rows.length, out = new Float32Array(data.length);
    rows.forEach((row, i) => out.set(data.subarray(row * width, (row + 1) * width), i * width));
    return out;
  };
  return { h: taken(h), ...(c && { c: taken(c) }) };
}
