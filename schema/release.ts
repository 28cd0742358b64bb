import { copyFile } from 'node:fs/promises';
import { schemaFile } from './schema-file.js';

// At a release: the present API schema becomes the one that later changes must not break.
await copyFile(schemaFile('api.graphql'), schemaFile('released.graphql'));
