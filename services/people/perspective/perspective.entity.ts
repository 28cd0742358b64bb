import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A facet of somebody's view of the world, declared by that person: where they look from, not who they are. */
@Entity('perspective')
export class Perspective {
  @PrimaryColumn('text', { name: 'person_id' })
  personId: string;

  @PrimaryColumn('text')
  dimension: string;

  @Column('text')
  value: string;

  @Column('timestamp with time zone', { name: 'declared_at', precision: 3 })
  declaredAt: Date;
}
