/** Which Spark is used. */
export interface SparkOptions {
  /** The cluster's master: `spark://host:port`, `yarn`, `k8s://…`, or `local[2]` for none. */
  master: string;
  /**
   * Spark's program that runs SQL.
   *
   * @default {"spark-sql"}
   */
  sparkSql?: string;
}
