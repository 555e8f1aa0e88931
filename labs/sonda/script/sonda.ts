// La sonda: pregunta a ritmo fijo desde dentro del clúster y entrega lo que vio. Node la ejecuta tal cual, con sus tipos.
//   /empezar?objetivo=http://web&ritmo=50&plazo=2000&conexion=nueva&duracion=0   empieza una medida nueva
//   /marca?texto=…   apunta algo en su reloj     /resultado   lo que lleva     /parar   cierra y entrega
// Con medida=NOMBRE en cada una, varias a la vez.
import { createServer } from 'node:http';
import { type Measure, startMeasure } from './measure.ts';
import { readSettings } from './settings.ts';

const measures = new Map<string, Measure>();

const begin = (name: string, query: URLSearchParams) => {
  const settings = readSettings(
    (name) => query.get(name),
    (name) => process.env[name],
  );
  // La anterior con ese nombre se cierra: cuando llegue lo que tiene en el aire, queda en el registro.
  measures.get(name)?.stop(() => undefined);
  const measure = startMeasure(settings, (result) => console.log(JSON.stringify(result)));
  measures.set(name, measure);
  return measure.read();
};

const server = createServer((request, response) => {
  const deliver = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sonda');
  if (pathname === '/listo') return deliver(200, {});
  const name = searchParams.get('medida') ?? '';
  try {
    if (pathname === '/empezar') return deliver(200, begin(name, searchParams));
  } catch (error) {
    return deliver(400, { error: error instanceof Error ? error.message : String(error) });
  }
  const measure = measures.get(name);
  if (!measure) return deliver(409, { error: 'todavía no se mide nada: pide antes /empezar?objetivo=http://…' });
  if (pathname === '/parar') return measure.stop((result) => deliver(200, result));
  if (pathname === '/marca') measure.mark(searchParams.get('texto') ?? '');
  else if (pathname !== '/resultado') return deliver(404, { error: `no hay nada en ${pathname}: /empezar, /marca, /resultado o /parar` });
  deliver(200, measure.read());
});

server.listen(9090, () => {
  // Con objetivo en el manifiesto, mide desde que arranca; sin él, espera a /empezar.
  if (process.env.OBJETIVO) begin('', new URLSearchParams());
});

process.on('SIGTERM', () => {
  let open = measures.size;
  if (open === 0) process.exit(0);
  for (const measure of measures.values()) {
    measure.stop(() => {
      open -= 1;
      if (open === 0) process.exit(0);
    });
  }
});
