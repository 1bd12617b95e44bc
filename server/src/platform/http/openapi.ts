import * as contract from '@yingda/contract';
import type { RouteSpec } from '@yingda/contract';
import { z } from 'zod';

function isRoute(value: unknown): value is RouteSpec {
  return (
    typeof value === 'object' &&
    value !== null &&
    'method' in value &&
    'path' in value &&
    'access' in value
  );
}

/** Every route the contract declares, by the name it is exported under. */
export function contractRoutes(): [name: string, route: RouteSpec][] {
  return Object.entries(contract).flatMap(([name, value]) =>
    isRoute(value) ? [[name, value] as [string, RouteSpec]] : [],
  );
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'openapi-3.0',
  });
  return rest;
}

function parametersOf(route: RouteSpec): object[] {
  const from = (schema: z.ZodType | undefined, place: 'path' | 'query'): object[] => {
    if (!(schema instanceof z.ZodObject)) return [];
    return Object.entries(schema.shape).map(([name, value]) => ({
      name,
      in: place,
      required: place === 'path' || !(value as z.ZodType).safeParse(undefined).success,
      schema: jsonSchema(value as z.ZodType, 'input'),
    }));
  };
  return [...from(route.params, 'path'), ...from(route.query, 'query')];
}

const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};

function operationOf(name: string, route: RouteSpec): object {
  const answer = route.response
    ? {
        description: 'OK',
        content: { 'application/json': { schema: jsonSchema(route.response, 'output') } },
      }
    : { description: 'Done' };
  const upload = {
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { file: { type: 'string', format: 'binary' } },
          required: ['file'],
        },
      },
    },
  };
  const body = route.body && {
    required: true,
    content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
  };
  return {
    operationId: name,
    summary: route.summary,
    description: `Access: \`${route.access}\``,
    tags: [route.path.split('/')[2] ?? 'api'],
    parameters: parametersOf(route),
    ...(route.upload ? { requestBody: upload } : body && { requestBody: body }),
    responses: {
      [String(route.response ? (route.status ?? 200) : 204)]: answer,
      default: { description: 'Problem', content: problemContent },
    },
    security: route.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
  };
}

let document: object | null = null;

/** The OpenAPI 3.0 document of the whole interface, made from the contract. */
export function openApiDocument(version: string): object {
  if (document) return document;
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of contractRoutes()) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(name, route);
  }
  document = {
    openapi: '3.0.3',
    info: {
      title: 'Yingda',
      version,
      description:
        'Everything the user interface does. Errors are `application/problem+json` with a stable `code`.',
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'yingda.session_token' },
      },
      schemas: {
        Problem: {
          type: 'object',
          properties: {
            code: { type: 'string', enum: Object.keys(contract.problems) },
            status: { type: 'integer' },
            title: { type: 'string' },
            requestId: { type: 'string' },
            faults: {
              type: 'array',
              items: {
                type: 'object',
                properties: { path: { type: 'string' }, kind: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  };
  return document;
}
