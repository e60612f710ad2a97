/**
 * The browser page: the same library, bundled, on its wasm engine. `deno task site` builds it.
 *
 * @module
 */
/// <reference lib="dom" />
import { engine } from "#lib/engine/mod.ts";
import { BoundaryDemo } from "./boundary/demo.ts";

function byId<E extends HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

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
