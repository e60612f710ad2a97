/**
 * The page of decision boundaries: networks of lib/feedforward on the wasm engine.
 *
 * @module
 */
/// <reference lib="dom" />
import { engine } from "#lib/engine/mod.ts";
import { byId } from "./by_id.ts";
import { BoundaryDemo } from "./boundary/demo.ts";

try {
  const found = await engine({ prefer: "wasm" });
  byId("engine").textContent = found.description;
  new BoundaryDemo(found, {
    canvas: byId("plane"),
    form: byId("settings"),
    run: byId("run"),
    restart: byId("restart"),
    status: byId("status"),
    losses: byId("losses"),
  });
} catch (error) {
  byId("status").textContent = `The page could not start: ${(error as Error).message}`;
  throw error;
}
