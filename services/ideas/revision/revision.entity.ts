import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('idea_revision')
export class IdeaRevision {
  @PrimaryColumn('text', { name: 'idea_id' })
  ideaId: string;

  @PrimaryColumn('integer')
  revision: number;

  @Column('text')
  title: string;

  @Column('text')
  body: string;

  @Column('text', { array: true })
  tags: string[];

  @Column('text', { name: 'editor_id', nullable: true })
  editorId: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;
}
