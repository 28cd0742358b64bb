import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { makeArtifacts } from './artifacts.js';
import { schemaFile } from './schema-file.js';

// Writes the printed schemas; commit them together with the change that caused them.
for (const [name, text] of await makeArtifacts()) await writeFile(schemaFile(name), text);
