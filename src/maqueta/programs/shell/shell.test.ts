import { describe, expect, it } from 'vitest';
import { testCluster } from '../../kubelet/test-cluster.ts';

function run(code: string, seconds = 20): { log: string; exitCode: number | undefined } {
  const cluster = testCluster();
  cluster.shell('p', code, { env: [{ name: 'NOMBRE', value: 'ana' }] }, { restartPolicy: 'Never' });
  cluster.clock.advance(seconds * 1000);
  return { log: cluster.logs('p'), exitCode: cluster.pod('p')?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode };
}

describe('sh -c', () => {
  it.each([
    ['echo hola $NOMBRE', 'hola ana\n', 0],
    ['echo \'$NOMBRE\' "$NOMBRE x"', '$NOMBRE ana x\n', 0],
    ['false || echo no; true && echo si', 'no\nsi\n', 0],
    ['exit 3', '', 3],
    ['false', '', 1],
    ['nada 1 2', 'sh: nada: not found\n', 127],
    ['echo a > /tmp/x; echo b >> /tmp/x; cat /tmp/x', 'a\nb\n', 0],
    ['cat /nada 2>/dev/null || echo falta', 'falta\n', 0],
    ['echo a > /tmp/x; mv -v /tmp/x /y; cat /y; [ -e /tmp/x ] || echo ida', "'/tmp/x' -> '/y'\na\nida\n", 0],
    ['echo a > /z; mv /z /tmp; cat /tmp/z', 'a\n', 0],
    ['mv /nada /tmp/ || echo sigue', "mv: can't rename '/nada': No such file or directory\nsigue\n", 0],
    ['set -x; X=1; echo $X; set +x; echo fin', '+ X=1\n+ echo 1\n1\n+ set +x\nfin\n', 0],
    ['sh -x -c "echo hola"', '+ echo hola\nhola\n', 0],
    ['cat /nada', "cat: can't open '/nada': No such file or directory\n", 1],
    ['X=1; X=$((X+2)); echo $X ${Y:-nada}', '3 nada\n', 0],
    ['for i in 1 2 3; do echo -n $i; done; echo', '123\n', 0],
    ['for i in $(seq 1 3); do echo n$i; done', 'n1\nn2\nn3\n', 0],
    ['if [ -f /etc/hostname ]; then cat /etc/hostname; else echo no; fi', 'p\n', 0],
    ['echo "uno\ndos" | grep dos | wc -l', '1\n', 0],
    ['[ "$(hostname)" = p ] && echo soy', 'soy\n', 0],
    ['set -e; false; echo nunca', '', 1],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; sleep 1; done', '1\n2\n3\n', 0],
    ['until false; do echo x; exit 5; done', 'x\n', 5],
    ['if true; then echo', 'sh: syntax error: unexpected end of file (expecting "fi")\n', 2],
    ['echo $((1 +)); echo nunca', 'sh: arithmetic syntax error\n', 2],
    ['echo $((1/0))', 'sh: divide by zero\n', 2],
    ['grep x /nada', 'grep: /nada: No such file or directory\n', 1],
    ["grep '[' /etc/hosts", 'grep: bad regex\n', 2],
    ['(echo a; cd /nada; echo b) 2>&1 | cat', "a\nsh: cd: can't cd to /nada: No such file or directory\nb\n", 0],
    ['case x in *) echo;; esac', 'sh: syntax error: la maqueta no tiene "case"\n', 2],
    ['wget -qO- http://nadie', "wget: bad address 'nadie'\n", 1],
  ])('%j escribe %j y acaba con %i', (code, log, exitCode) => {
    expect(run(code)).toEqual({ log, exitCode });
  });

  it('un bucle sin sleep no congela el reloj', () => {
    expect(run('while true; do :; done', 5)).toEqual({ log: '', exitCode: undefined });
  });

  it('date da la hora virtual', () => {
    expect(run('sleep 2; date +%F')).toEqual({ log: '2026-11-20\n', exitCode: 0 });
  });

  it('quien atiende SIGTERM con trap se va solo; en primer plano espera a la orden en curso', () => {
    const cluster = testCluster();
    cluster.shell('p', 'trap "echo adios; exit 0" TERM; while true; do sleep 3; done');
    cluster.clock.advance(6000);
    const pod = cluster.pod('p');
    cluster.delete('p');
    cluster.clock.advance(5000);
    expect(cluster.pod('p')).toBeUndefined();
    expect(pod?.status?.phase).toBe('Running');
  });
});

describe('los registros', () => {
  const start = () => {
    const cluster = testCluster();
    cluster.shell('p', 'while true; do echo tic; sleep 1; done');
    cluster.clock.advance(10_000);
    return cluster;
  };

  it('se recortan por el final, por antigüedad y por tamaño', () => {
    const { logs } = start();
    expect(logs('p', { tailLines: 2 })).toBe('tic\ntic\n');
    expect(logs('p', { tailLines: 0 })).toBe('');
    expect(logs('p', { sinceSeconds: 3 }).split('\n').length - 1).toBe(3);
    expect(logs('p', { limitBytes: 6 })).toBe('tic\nti');
  });

  it('llevan la hora con nanosegundos si se pide', () => {
    const { logs } = start();
    expect(logs('p', { timestamps: true, tailLines: 1 })).toMatch(/^2026-11-20T09:00:\d\d\.\d{9}Z tic\n$/);
  });

  it('se siguen línea a línea hasta que el contenedor acaba', () => {
    const cluster = start();
    const pod = cluster.pod('p');
    if (!pod) throw new Error('falta el Pod');
    const texts: string[] = [];
    let isOver = false;
    cluster.machines.runtime.followLogs(
      pod,
      { tailLines: 1 },
      (text) => texts.push(text),
      () => {
        isOver = true;
      },
    );
    cluster.clock.advance(2000);
    expect(texts).toEqual(['tic\n', 'tic\n', 'tic\n']);
    expect(isOver).toBe(false);
    cluster.machines.killContainer(pod);
    expect(isOver).toBe(true);
  });

  it.each([
    [{ container: 'otro' }, 'container otro is not valid for pod p'],
    [{ previous: true }, 'previous terminated container "app" in pod "p" not found'],
  ])('con %j dicen por qué no se pueden leer', (options, message) => {
    const { logs } = start();
    expect(() => logs('p', options)).toThrow(message);
  });
});
