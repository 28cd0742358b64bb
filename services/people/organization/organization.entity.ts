import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an organisation is to the one that runs the hub. */
export const organizationRelations = ['host', 'customer', 'partner', 'supplier', 'public'] as const;
export type OrganizationRelation = (typeof organizationRelations)[number];

@Entity('organization')
export class Organization {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  relation: OrganizationRelation;

  @Column('text', { array: true })
  domains: string[];

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
