/** What is built of tensors. */
interface Part {
  dispose(): void;
}

/** Builds something of parts; if that fails, the parts that were added to it by then are freed. */
export function buildParts<Whole>(
  build: (add: <Added extends Part>(part: Added) => Added) => Whole,
): Whole {
  const parts: Part[] = [];
  try {
    return build((part) => {
      parts.push(part);
      return part;
    });
  } catch (error) {
    for (const part of parts) part.dispose();
    throw error;
  }
}
