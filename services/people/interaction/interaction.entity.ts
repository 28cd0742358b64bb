import { Column, Entity, PrimaryColumn } from 'typeorm';

export const interactionTypes = ['message', 'meeting', 'work'] as const;
export type InteractionType = (typeof interactionTypes)[number];

/** A bare trace that two people dealt with each other outside the hub: who, when and how, never what about. */
@Entity('interaction')
export class Interaction {
  @PrimaryColumn('text')
  id: string;

  /** The import it came with. */
  @Column('text')
  source: string;

  @Column('text', { name: 'from_id' })
  fromId: string;

  @Column('text', { name: 'to_id' })
  toId: string;

  @Column('timestamp with time zone', { precision: 3 })
  at: Date;

  @Column('text')
  type: InteractionType;

  /** Greater than 0; 1 is one ordinary dealing. */
  @Column('double precision')
  weight: number;
}
