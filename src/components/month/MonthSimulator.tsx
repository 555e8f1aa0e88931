import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { MonthOptions } from '../../../labs/sonda/month.ts';
import styles from './month.module.css';
import { type Choice, choices, type FieldName, optionsFrom } from './month-fields.ts';
import type { MonthAnswer } from './read-month.ts';

/** `<MesSimulado>`: un mes de averías en la maqueta, en el navegador de quien lee, y lo que dice la cuenta. */
export function MonthSimulator(): ReactNode {
  const [answer, setAnswer] = useState<MonthAnswer>();
  const [isBusy, setBusy] = useState(false);
  const worker = useRef<Worker | null>(null);
  useEffect(() => () => worker.current?.terminate(), []);

  const run = (options: MonthOptions) => {
    worker.current?.terminate();
    const next = new Worker(new URL('./month-worker.ts', import.meta.url));
    worker.current = next;
    const finish = (result: MonthAnswer) => {
      setAnswer(result);
      setBusy(false);
      next.terminate();
    };
    next.onmessage = ({ data }: MessageEvent<MonthAnswer>) => finish(data);
    next.onerror = () => finish({ kind: 'problem', message: 'Este navegador no ha podido simular el mes.' });
    setBusy(true);
    next.postMessage(options);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run(optionsFrom((name) => String(form.get(name) ?? '')));
  };

  return (
    <form className={styles.month} onSubmit={submit} aria-label="Un mes en la maqueta">
      <p className={styles.title}>Un mes en la maqueta</p>
      <div className={styles.fields}>
        {choices.map((choice) => (
          <Field key={choice.name} choice={choice} />
        ))}
      </div>
      <button type="submit" className={styles.run} aria-disabled={isBusy}>
        {isBusy ? 'Simulando…' : 'Simular un mes'}
      </button>
      <div className={styles.answer} aria-live="polite" aria-busy={isBusy}>
        {answer?.kind === 'problem' ? <p>{answer.message}</p> : null}
        {answer?.kind === 'month' ? (
          <dl>
            {answer.reading.map(([label, text]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
      <noscript>
        <p>Aquí hace falta JavaScript. Sin él, el paso «mes» del laboratorio simula lo mismo.</p>
      </noscript>
    </form>
  );
}

function Field({ choice }: { choice: Choice }): ReactNode {
  const id = useId();
  const { name, label, initial } = choice;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {'options' in choice ? (
        <select id={id} name={name satisfies FieldName} defaultValue={initial}>
          {choice.options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name satisfies FieldName} type="number" required min={choice.min} max={choice.max} step={choice.step} defaultValue={initial} />
      )}
    </div>
  );
}
