import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('team')
export class Team {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  purpose: string;

  @Column('text', { name: 'organization_id', nullable: true })
  organizationId: string | null;

  @Column('text', { name: 'parent_id', nullable: true })
  parentId: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
