import { assert, assertEquals } from "@std/assert";
import { windowClassifier } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";

permittedTest(
  "table window-classifier: a twentieth of Brown teaches most tags; dev stands beside test",
  ["read", "env"],
  async () => {
    const heard: string[] = [];
    const report = (message: string) => heard.push(message);
    const [linear, relu] = windowClassifier.rows;
    assertEquals([linear.id, relu.id], ["brown-window-linear", "brown-window-relu"]);
    const figures = await relu.measure({ scale: "quick", data: {}, report });
    const { accuracy, devAccuracy, unseenAccuracy, devUnseenAccuracy } = figures;
    assert(accuracy > 80 && accuracy < 90, `${accuracy}`);
    assert(Math.abs(accuracy - devAccuracy) < 2, `${accuracy}, dev ${devAccuracy}`);
    assert(unseenAccuracy < accuracy - 20 && devUnseenAccuracy < devAccuracy - 20);
    assertEquals(heard.length, 4);
  },
);
