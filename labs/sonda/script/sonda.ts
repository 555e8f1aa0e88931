// La sonda: pregunta a ritmo fijo desde dentro del clúster y entrega lo que vio. Node la ejecuta tal cual, con sus tipos.
//   /empezar?objetivo=http://web&ritmo=50&plazo=2000&conexion=nueva&duracion=0   empieza una medida nueva
//   /marca?texto=…   apunta algo en su reloj     /resultado   lo que lleva     /parar   cierra y entrega
import { createServer } from 'node:http';
import { type Measure, startMeasure } from './measure.ts';
import { readSettings } from './settings.ts';

let measure: Measure | undefined;

const begin = (query: URLSearchParams) => {
  const settings = readSettings(
    (name) => query.get(name),
    (name) => process.env[name],
  );
  // La anterior se cierra: cuando llegue lo que tiene en el aire, queda en el registro.
  measure?.stop(() => undefined);
  measure = startMeasure(settings, (result) => console.log(JSON.stringify(result)));
  return measure.read();
};

const server = createServer((request, response) => {
  const deliver = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sonda');
  if (pathname === '/listo') return deliver(200, {});
  try {
    if (pathname === '/empezar') return deliver(200, begin(searchParams));
  } catch (error) {
    return deliver(400, { error: error instanceof Error ? error.message : String(error) });
  }
  if (!measure) return deliver(409, { error: 'todavía no se mide nada: pide antes /empezar?objetivo=http://…' });
  if (pathname === '/parar') return measure.stop((result) => deliver(200, result));
  if (pathname === '/marca') measure.mark(searchParams.get('texto') ?? '');
  else if (pathname !== '/resultado') return deliver(404, { error: `no hay nada en ${pathname}: /empezar, /marca, /resultado o /parar` });
  deliver(200, measure.read());
});

server.listen(9090, () => {
  // Con objetivo en el manifiesto, mide desde que arranca; sin él, espera a /empezar.
  if (process.env.OBJETIVO) begin(new URLSearchParams());
});

process.on('SIGTERM', () => {
  if (!measure) process.exit(0);
  measure.stop(() => process.exit(0));
});
