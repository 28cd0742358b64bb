/** That a person was taken out of the hub. */
export interface Erasure {
  readonly id: string;
  /** The id they had: nothing in the hub has it any more. */
  readonly personId: string;
  readonly askedAt: Date;
}

export const erasingServices = ['people', 'ideas', 'conversations'] as const;
export type ErasingService = (typeof erasingServices)[number];

/** A service's word that it holds nothing of the person any more. */
export interface ErasureReceipt {
  readonly erasureId: string;
  readonly service: ErasingService;
  readonly completedAt: Date;
}
