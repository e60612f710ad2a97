/** How a model file keeps numbers: as doubles, or as one of 65,535 even steps of their logarithm. */
export type Precision = "exact" | "quantized";
