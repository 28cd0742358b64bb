/** The context of one request to the test shop. */
export interface ShopContext {
  /** What the resolvers were asked, in order. */
  readonly journal: string[];
}
