import type { ImportMapping, SavedMappingView } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import {
  allMappings,
  changeMapping,
  deleteMapping,
  insertMapping,
  isNameTaken,
} from '../store/mapping.ts';
import type { MappingRow } from '../store/mapping.ts';

const present = ({ id, name, mapping, updated_at: at }: MappingRow): SavedMappingView => ({
  id,
  name,
  mapping,
  updatedAt: at.toISOString(),
});

export async function listMappings(ctx: Ctx): Promise<SavedMappingView[]> {
  return (await allMappings(ctx)).map(present);
}

type Input = { name: string; mapping: ImportMapping };

/** Problems: `import.mapping_name_taken`. */
export async function createMapping(ctx: Ctx, input: Input): Promise<SavedMappingView> {
  return present(
    orProblem(await insertMapping(ctx, { ...input, id: newId() }), 'import.mapping_name_taken'),
  );
}

/** Problems: `import.mapping_name_taken`, `import.mapping_not_found`. */
export async function updateMapping(ctx: Ctx, id: string, input: Input): Promise<SavedMappingView> {
  if (await isNameTaken(ctx, input.name, id)) throw new Problem('import.mapping_name_taken');
  return present(orProblem(await changeMapping(ctx, { ...input, id }), 'import.mapping_not_found'));
}

/** Problems: `import.mapping_not_found`. */
export async function removeMapping(ctx: Ctx, id: string): Promise<void> {
  if (!(await deleteMapping(ctx, id))) throw new Problem('import.mapping_not_found');
}
