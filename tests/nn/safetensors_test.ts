import { assertEquals, assertThrows } from "@std/assert";
import { decodeSafetensors, encodeSafetensors, type Safetensors } from "#lib/nn/mod.ts";

const contents: Safetensors = {
  tensors: {
    "W_h": { shape: [2, 3], data: Float32Array.of(1, -2.5, 3, 4, 5, 6e-30) },
    "größe": { shape: [], data: Float64Array.of(Math.PI) },
    "ids": { shape: [4], data: Int32Array.of(1, -1, 2 ** 31 - 1, -(2 ** 31)) },
    "none": { shape: [0, 3], data: new Float32Array(0) },
    "bytes": { shape: [3], data: Uint8Array.of(0, 127, 255) },
  },
  metadata: { config: '{"H": 2}', words: "ä \u{1F600} \n" },
};

Deno.test("what is encoded is decoded, whatever the type, shape and name", () => {
  assertEquals(decodeSafetensors(encodeSafetensors(contents)), contents);
});

Deno.test("the bytes are those of the format", () => {
  const bytes = encodeSafetensors({
    tensors: { a: { shape: [1], data: Float32Array.of(1) } },
    metadata: {},
  });
  const header = '{"__metadata__":{},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const length = Math.ceil(header.length / 8) * 8;
  assertEquals(bytes.slice(0, 8), Uint8Array.of(length, 0, 0, 0, 0, 0, 0, 0));
  assertEquals(new TextDecoder().decode(bytes.slice(8, 8 + length)), header.padEnd(length));
  assertEquals(bytes.slice(8 + length), Uint8Array.of(0, 0, 0x80, 0x3f));
});

Deno.test("a file cut anywhere is refused", () => {
  const bytes = encodeSafetensors(contents);
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => decodeSafetensors(bytes.slice(0, length)), SyntaxError, "Cannot read");
  }
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  assertThrows(() => decodeSafetensors(longer), SyntaxError, `got ${bytes.length + 1}`);
});

/** A file with this header and 8 bytes of data. */
function withHeader(header: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(16 + json.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

Deno.test("headers that contradict themselves are refused", () => {
  const entry = (change: Record<string, unknown>) =>
    withHeader({ W: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...change } });
  assertEquals(decodeSafetensors(entry({})).tensors.W.data.length, 2);
  const two = (...places: [number, number][]) => {
    const [a, b] = places.map((each) => ({ dtype: "F32", shape: [1], data_offsets: each }));
    return withHeader({ b, a });
  };
  assertEquals(Object.keys(decodeSafetensors(two([0, 4], [4, 8])).tensors), ["b", "a"]);
  const bad: [Uint8Array, string][] = [
    [withHeader([1]), "no JSON object"],
    [withHeader({ W: 3 }), "entry of W is malformed"],
    [entry({ shape: [-2] }), "malformed"],
    [entry({ shape: [3] }), "needs 12 bytes, its entry has 8"],
    [withHeader({ __metadata__: { format: 3 } }), "__metadata__ is no object of strings"],
    [withHeader({ __metadata__: ["a"] }), "__metadata__ is no object of strings"],
    [two([0, 4], [0, 4]), "begins at byte 0 of the data, not at 4"],
    [two([4, 8], [4, 8]), "begins at byte 4 of the data, not at 0"],
    [entry({ data_offsets: [4, 12] }), "it ends 4 bytes before the end of W"],
    [entry({ shape: [1], data_offsets: [0, 4] }), "expected"],
  ];
  for (const [bytes, message] of bad) {
    assertThrows(() => decodeSafetensors(bytes), SyntaxError, message);
  }
  assertThrows(() => decodeSafetensors(entry({ dtype: "BF16" })), RangeError, "type BF16");
  assertThrows(() => decodeSafetensors(entry({ dtype: "toString" })), RangeError, "toString");
});

Deno.test("a shape that does not fit its data is not stored", () => {
  const tensors = { W: { shape: [2], data: new Float32Array(3) } };
  assertThrows(
    () => encodeSafetensors({ tensors, metadata: {} }),
    RangeError,
    "Cannot store W: expected 2 elements, got 3",
  );
});
