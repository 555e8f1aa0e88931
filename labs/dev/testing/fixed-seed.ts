import fc from 'fast-check';

// La misma entrega da siempre el mismo resultado. Para buscar casos nuevos: SEMILLA=azar npm test.
const { SEMILLA } = process.env;
if (SEMILLA !== 'azar') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEMILLA ?? 20_261_121) });
