/** A tensor as numbers: what a safetensors file holds. */
export interface TensorData {
  /** Lengths of the dimensions; none for a scalar. */
  shape: readonly number[];
  /** The elements, the last dimension running fastest. */
  data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/** The contents of a safetensors file. */
export interface Safetensors {
  /** The tensors under their names. */
  tensors: Record<string, TensorData>;
  /** Texts stored beside them. */
  metadata: Record<string, string>;
}

const TYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;

/** What the header says of one tensor. */
interface Entry {
  dtype: TypeName;
  shape: number[];
  data_offsets: [number, number];
}

const METADATA = "__metadata__";

function typeName(data: TensorData["data"]): TypeName {
  const found = Object.entries(TYPES).find(([, type]) => data instanceof type);
  return found![0] as TypeName;
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/**
 * Writes tensors in the safetensors format (https://github.com/huggingface/safetensors): 8 bytes
 * of header length, a JSON header, and the numbers, little-endian. Python's `safetensors` reads it.
 *
 * @throws {RangeError} if a tensor's shape does not fit its data, or a name is the reserved one
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, Entry | Record<string, string>> = { [METADATA]: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (elements(shape) !== data.length || name === METADATA) {
      throw new RangeError(
        `Cannot store ${name}: expected ${elements(shape)} elements, got ${data.length}`,
      );
    }
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: typeName(data), shape: [...shape], data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8; // padded with spaces, so that the data is aligned
  const bytes = new Uint8Array(8 + length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(32, 8, 8 + length);
  bytes.set(json, 8);
  for (const [name, { data }] of Object.entries(tensors)) {
    const [begin] = (header[name] as Entry).data_offsets;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + length + begin);
  }
  return bytes;
}

/** The header of a file, and where its data begins. */
function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) throw damaged(`expected at least 8 bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > bytes.length - 8) {
    throw damaged(`expected a header of ${length} bytes, got ${bytes.length - 8} bytes of file`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length));
    const header = JSON.parse(text);
    if (header && typeof header === "object" && !Array.isArray(header)) {
      return { header, start: 8 + length };
    }
  } catch {
    // not UTF-8 or not JSON: said below
  }
  throw damaged("the header is no JSON object");
}

function damaged(why: string): SyntaxError {
  return new SyntaxError(
    `Cannot read safetensors: ${why} (is the file whole, and of this format?)`,
  );
}

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<Entry>;
  const areSizes = (list: unknown) =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  return typeof dtype === "string" && areSizes(shape) && areSizes(offsets) && offsets!.length === 2;
}

/**
 * Reads a safetensors file. The tensors are copies.
 *
 * @throws {SyntaxError} if the file is cut off, of another format, or inconsistent
 * @throws {RangeError} if a tensor has a type other than F32, F64, I32 or U8
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const { header, start } = readHeader(bytes);
  const { [METADATA]: metadata = {}, ...entries } = header;
  if (!isTexts(metadata)) throw damaged(`${METADATA} is no object of strings`);
  const tensors: Record<string, TensorData> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (!isEntry(entry)) throw damaged(`the header's entry of ${name} is malformed`);
    const { dtype, shape, data_offsets: [from, to] } = entry;
    if (!Object.hasOwn(TYPES, dtype)) {
      throw new RangeError(
        `Cannot read tensor ${name}: type ${dtype} is none of F32, F64, I32, U8`,
      );
    }
    const type = TYPES[dtype], size = elements(shape) * type.BYTES_PER_ELEMENT;
    if (to - from !== size) {
      throw damaged(`${name} of shape [${shape}] needs ${size} bytes, its entry has ${to - from}`);
    }
    const missing = start + to - bytes.length;
    if (missing > 0) throw damaged(`it ends ${missing} bytes before the end of ${name}`);
    const copy = new Uint8Array(bytes.subarray(start + from, start + to));
    tensors[name] = { shape, data: new type(copy.buffer) };
  }
  const end = endOf(entries as Record<string, Entry>);
  if (bytes.length !== start + end) {
    throw damaged(`expected ${start + end} bytes, got ${bytes.length}`);
  }
  return { tensors, metadata };
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string");
}

/** Where the last tensor ends; they have to lie one after the other, from the beginning. */
function endOf(entries: Readonly<Record<string, Entry>>): number {
  let end = 0;
  const places = Object.entries(entries).map(([name, { data_offsets: [from, to] }]) => ({
    name,
    from,
    to,
  }));
  for (const { name, from, to } of places.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw damaged(`${name} begins at byte ${from} of the data, not at ${end}`);
    end = to;
  }
  return end;
}
