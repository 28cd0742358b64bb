import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('endorsement')
export class Endorsement {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'idea_id' })
  ideaId: string;

  @Column('text', { name: 'person_id' })
  personId: string;

  /** False once it was withdrawn; the row stays, so that a second endorsement is known to be one. */
  @Column('boolean')
  active: boolean;

  @Column('timestamp with time zone', { name: 'changed_at', precision: 3 })
  changedAt: Date;

  /** When the person last said so, which an import may learn later; an older word never undoes a newer one. */
  @Column('timestamp with time zone', { name: 'said_at', precision: 3, select: false })
  saidAt?: Date;
}
