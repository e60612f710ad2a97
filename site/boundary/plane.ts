/// <reference lib="dom" />
import type { Labelled, ProbabilisticClassifier } from "#lib/classify/mod.ts";

const REACH = 1.25; // the plane shows [−REACH, REACH]²
const GRID = 60; // cells along a side of the map of probabilities
const RADIUS = 5; // of a point, in pixels
const PAPER = 255, TINT = 0.55; // how far a sure cell is from white

/** Blue, orange, green: told apart by colour-blind eyes, as in the notebooks' figures. */
const COLORS = [[0, 114, 178], [213, 94, 0], [0, 158, 115]];

/** The centres of the map's cells, row by row from the top, shape [GRID², 2]. */
const CENTRES = Float32Array.from(
  { length: 2 * GRID * GRID },
  (_, i) => {
    const cell = i >> 1, [column, row] = [cell % GRID, Math.floor(cell / GRID)];
    const along = ((i % 2 === 0 ? column : GRID - 1 - row) + 0.5) / GRID;
    return (2 * along - 1) * REACH;
  },
);

/** The plane on a canvas: draws points and probabilities, and finds places and points in it. */
export class Plane {
  readonly #canvas: HTMLCanvasElement;
  readonly #map = new OffscreenCanvas(GRID, GRID);

  /** Draws on this canvas, of which the plane takes the whole. */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Where in the plane the mouse or finger is. */
  place({ offsetX, offsetY }: MouseEvent): [number, number] {
    const { clientWidth, clientHeight } = this.#canvas;
    const toPlane = (share: number) => (2 * share - 1) * REACH;
    return [toPlane(offsetX / clientWidth), -toPlane(offsetY / clientHeight)];
  }

  /** The number of the point under a place, the last drawn first; −1 if there is none. */
  pointAt(points: readonly Labelled[], [x, y]: readonly [number, number]): number {
    const reach = 2 * RADIUS * 2 * REACH / this.#canvas.width;
    return points.findLastIndex(({ x: at }) => Math.hypot(at[0] - x, at[1] - y) < reach);
  }

  /** Draws what the classifier thinks of each place, mixed by its probabilities, and the points. */
  draw(classifier: ProbabilisticClassifier, points: readonly Labelled[]): void {
    const { width, height } = this.#canvas;
    const pen = this.#canvas.getContext("2d")!;
    const mapPen = this.#map.getContext("2d")!;
    mapPen.putImageData(probabilityMap(classifier), 0, 0);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(this.#map, 0, 0, width, height);
    for (const { x, label } of points) {
      pen.beginPath();
      const [left, top] = [(x[0] / REACH + 1) / 2 * width, (1 - x[1] / REACH) / 2 * height];
      pen.arc(left, top, RADIUS, 0, 2 * Math.PI);
      pen.fillStyle = `rgb(${COLORS[label].join(" ")})`;
      pen.fill();
      pen.strokeStyle = "white";
      pen.stroke();
    }
  }
}

function probabilityMap(classifier: ProbabilisticClassifier): ImageData {
  const p = classifier.predictProbabilities(CENTRES, GRID * GRID);
  const image = new ImageData(GRID, GRID);
  for (let cell = 0; cell < GRID * GRID; cell++) {
    for (let channel = 0; channel < 3; channel++) {
      let mixed = 0;
      for (let c = 0; c < COLORS.length; c++) {
        mixed += p[cell * COLORS.length + c] * COLORS[c][channel];
      }
      image.data[4 * cell + channel] = PAPER + TINT * (mixed - PAPER);
    }
    image.data[4 * cell + 3] = 255;
  }
  return image;
}
