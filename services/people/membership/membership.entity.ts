import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person in a team for a while. Who comes back gets a new row: what was stays readable. */
@Entity('membership')
export class Membership {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'person_id' })
  personId: string;

  @Column('text', { name: 'team_id' })
  teamId: string;

  @Column('timestamp with time zone', { name: 'began_at', precision: 3 })
  beganAt: Date;

  @Column('timestamp with time zone', { name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;
}
