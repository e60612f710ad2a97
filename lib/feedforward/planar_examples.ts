import { type Examples, type Labelled, labelled } from "#lib/classify/mod.ts";
import { normal, type Random } from "#lib/random/mod.ts";

/** What is drawn. */
export interface PlanarOptions {
  /** N, the number of points; classes take turns. */
  count: number;
  /** Standard deviation of what is added to both coordinates. */
  noise?: number;
  /** Where the points are drawn from. */
  random: Random;
}

/** Options of sets with any number of classes. */
export interface ClassedPlanarOptions extends PlanarOptions {
  /** C. */
  classes?: number;
}

/** A point before noise is added. */
type Place = (label: number, random: Random) => readonly [number, number];

function draw(place: Place, options: Required<ClassedPlanarOptions>): Examples {
  const { count, noise, random, classes } = options;
  if (!(Number.isInteger(count) && count >= classes)) {
    throw new RangeError(
      `Cannot draw points: expected a whole number of ${classes} or more, got ${count}`,
    );
  }
  const points = Array.from({ length: count }, (_, i): Labelled => {
    const label = i % classes;
    return { x: place(label, random).map((v) => v + noise * normal(random)), label };
  });
  return labelled(points, { classes });
}

/** A point at this angle (radians) and distance from the origin. */
function polar(angle: number, radius: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/**
 * A disc of radius 0.5 (class 0) within a ring of radii 0.75 to 1 (class 1), both evenly filled.
 *
 * @param options `noise` is 0.03 if left out
 * @throws {RangeError} if there are fewer points than classes
 */
export function circle({ noise = 0.03, ...options }: PlanarOptions): Examples {
  const place: Place = (label, random) => {
    const [least, greatest] = label === 0 ? [0, 0.5] : [0.75, 1];
    // evenly over the area: r² is uniform
    const radius = Math.sqrt(least ** 2 + random() * (greatest ** 2 - least ** 2));
    return polar(2 * Math.PI * random(), radius);
  };
  return draw(place, { ...options, noise, classes: 2 });
}

/**
 * Two half circles of radius 0.7 that reach into each other: the upper (class 0) and the lower one.
 *
 * @param options `noise` is 0.08 if left out
 * @throws {RangeError} if there are fewer points than classes
 */
export function twoMoons({ noise = 0.08, ...options }: PlanarOptions): Examples {
  const place: Place = (label, random) => {
    const [x, y] = polar(Math.PI * random(), 0.7);
    return label === 0 ? [x - 0.35, y - 0.15] : [0.35 - x, 0.15 - y];
  };
  return draw(place, { ...options, noise, classes: 2 });
}

/** What {@linkcode spiral} draws. */
export interface SpiralOptions extends ClassedPlanarOptions {
  /** How often each arm goes around. @default {1} */
  turns?: number;
}

/**
 * Arms that wind out of the origin, one a class, points evenly spread along the radius.
 *
 * @param options `noise` is 0.03 and `classes` 2 if left out
 * @throws {RangeError} if there are fewer points than classes
 */
export function spiral(options: SpiralOptions): Examples {
  const { noise = 0.03, classes = 2, turns = 1, count, random } = options;
  const place: Place = (label, random) => {
    const radius = 0.1 + 0.9 * random();
    return polar(2 * Math.PI * (turns * radius + label / classes), radius);
  };
  return draw(place, { count, random, noise, classes });
}

/**
 * Exclusive or: clouds around (±0.6, ±0.6), class 1 where the signs of the coordinates differ.
 *
 * @param options `noise`, here the clouds' standard deviation, is 0.18 if left out
 * @throws {RangeError} if there are fewer points than classes
 */
export function xor({ noise = 0.18, ...options }: PlanarOptions): Examples {
  const place: Place = (label, random) => {
    const x = random() < 0.5 ? -0.6 : 0.6;
    return [x, label === 0 ? x : -x];
  };
  return draw(place, { ...options, noise, classes: 2 });
}

/**
 * Normal clouds, one a class, with their centres on a circle of radius 0.65: nearly separable by
 * lines.
 *
 * @param options `noise`, here the clouds' standard deviation, is 0.2 and `classes` 3 if left out
 * @throws {RangeError} if there are fewer points than classes
 */
export function blobs({ noise = 0.2, classes = 3, ...options }: ClassedPlanarOptions): Examples {
  const place: Place = (label) => polar(2 * Math.PI * (label / classes + 0.125), 0.65);
  return draw(place, { ...options, noise, classes });
}
