import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whom an OpenID provider means by a subject; until the first sign-in, whom it will mean by a verified e-mail address. */
@Entity('identity')
export class Identity {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'person_id' })
  personId: string;

  /** A subject means somebody within one issuer only. */
  @Column('text')
  issuer: string;

  @Column('text', { nullable: true })
  subject: string | null;

  /** Only while the person is expected: forgotten at the first sign-in. */
  @Column('text', { nullable: true })
  email: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'linked_at', precision: 3, nullable: true })
  linkedAt: Date | null;
}
