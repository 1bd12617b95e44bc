import { z } from 'zod';
import { route, Uuid } from './route.ts';

/** A stored upload. `url` is a capability: whoever holds it may fetch the file, inertly served. */
export const FileView = z.object({
  id: Uuid,
  name: z.string(),
  mime: z.string(),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  url: z.string(),
});
export type FileView = z.output<typeof FileView>;

export const uploadFile = route({
  method: 'POST',
  path: '/api/files',
  summary: 'Upload one file (multipart field `file`) to attach to a message',
  access: 'user',
  upload: true,
  response: FileView,
  status: 201,
});
export const downloadFile = route({
  method: 'GET',
  path: '/api/files/:id/:key/:name',
  summary: 'Fetch a file by its capability address',
  access: 'public',
  params: z.object({ id: Uuid, key: z.string().max(100), name: z.string().max(300) }),
});
