// Writes down what Grafana's own packages say of the JSON of a dashboard, so that the tests can read ours strictly
// without npm. Run it in an empty folder, when Grafana's version in docker-compose.yml changes:
//   npm install typescript@5 @grafana/schema@13.2.3 @grafana/grafana-foundation-sdk@0.0.21
//   node extract.mjs > ../test/resources/grafana-schema.json
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ts = createRequire(join(process.cwd(), 'index.js'))('typescript');
const schema = 'node_modules/@grafana/schema/dist/types/raw';
const sdk = 'node_modules/@grafana/grafana-foundation-sdk/dist';
const panels = {
  bargauge: 'bargauge', gauge: 'gauge', heatmap: 'heatmap', logs: 'logs', nodeGraph: 'nodegraph', stat: 'stat',
  'state-timeline': 'statetimeline', table: 'table', text: 'text', timeseries: 'timeseries',
};
const queries = { prometheus: 'Dataquery', loki: 'dataquery', tempo: 'Dataquery' };

const roots = [['Dashboard', `${schema}/dashboard/x/types.gen.d.ts`, 'Dashboard'],
  ['Panel', `${schema}/dashboard/x/types.gen.d.ts`, 'Panel'],
  ['RowPanel', `${schema}/dashboard/x/types.gen.d.ts`, 'RowPanel']];
for (const [type, folder] of Object.entries(panels)) {
  roots.push([`options:${type}`, `${schema}/composable/${folder}/panelcfg/x/types.gen.d.ts`, 'Options']);
  roots.push([`custom:${type}`, `${schema}/composable/${folder}/panelcfg/x/types.gen.d.ts`, 'FieldConfig']);
}
for (const [source, name] of Object.entries(queries)) {
  roots.push([`query:${source}`, `${sdk}/${source}/types.gen.d.ts`, name]);
}

const program = ts.createProgram([...new Set(roots.map(([, file]) => file))].filter(existsSync),
  { moduleResolution: ts.ModuleResolutionKind.NodeJs, skipLibCheck: true, strict: true });
const checker = program.getTypeChecker();
const types = {};
const names = new Map();

function describe(type) {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'any';
  if (type.flags & ts.TypeFlags.BooleanLike) return 'boolean';
  if (type.flags & ts.TypeFlags.StringLiteral) return { only: [type.value] };
  if (type.flags & ts.TypeFlags.NumberLiteral) return { only: [type.value] };
  if (type.flags & ts.TypeFlags.StringLike) return 'string';
  if (type.flags & ts.TypeFlags.NumberLike && !type.isUnion()) return 'number';
  if (type.flags & ts.TypeFlags.Null) return 'null';
  if (type.isUnion()) {
    const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined)).map(describe);
    const only = parts.filter((part) => part.only).flatMap((part) => part.only);
    const others = [...new Map(parts.filter((part) => !part.only).map((part) => [JSON.stringify(part), part])).values()];
    const all = only.length ? [{ only }, ...others] : others;
    return all.length === 1 ? all[0] : { oneOf: all };
  }
  if (checker.isArrayType(type)) return { list: describe(checker.getTypeArguments(type)[0]) };
  if (type.isIntersection() || type.flags & ts.TypeFlags.Object) return record(type);
  return 'any';
}

function record(type) {
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const properties = checker.getPropertiesOfType(type);
  if (!properties.length) return index ? { map: describe(index) } : 'any';
  const symbol = type.aliasSymbol || type.symbol;
  let name = names.get(type);
  if (!name) {
    const base = symbol && symbol.name !== '__type' ? symbol.name : 'Inline';
    name = base;
    for (let i = 2; types[name]; i++) name = base + i;
    names.set(type, name);
    types[name] = {};
    for (const property of properties) {
      const of = checker.getTypeOfSymbol(property);
      if (of.getCallSignatures().length) continue;
      types[name][property.name] = describe(of);
    }
    if (index) types[name]['*'] = describe(index);
  }
  return { of: name };
}

const entry = {};
for (const [key, file, name] of roots) {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const found = module && checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
  entry[key] = found ? describe(checker.getDeclaredTypeOfSymbol(found)) : 'none';
}
const sorted = (node) => Array.isArray(node) ? node.map(sorted) : node && typeof node === 'object'
  ? Object.fromEntries(Object.keys(node).sort().map((key) => [key, sorted(node[key])])) : node;
const line = ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(sorted(value))}`;
const block = (map) => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)).map(line).join(',\n');
console.log(`{\n  "entries": {\n${block(entry)}\n  },\n  "types": {\n${block(types)}\n  }\n}`);
