export type Listener = (...args: unknown[]) => void;

export interface Emitter {
  on(name: string, listener: Listener): this;
  once(name: string, listener: Listener): this;
  off(name: string, listener: Listener): this;
  emit(name: string, ...args: unknown[]): boolean;
  listenerCount(name: string): number;
  addListener(name: string, listener: Listener): this;
  removeListener(name: string, listener: Listener): this;
  removeAllListeners(name?: string): this;
}

/** `node:events` en lo que usan los guiones: es una clase porque en Node se hereda de ella. */
export class EventEmitter implements Emitter {
  #listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>();

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, isOnce: false }]);
    return this;
  }

  once(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, isOnce: true }]);
    return this;
  }

  off(name: string, listener: Listener): this {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((entry) => entry.listener !== listener),
    );
    return this;
  }

  addListener(name: string, listener: Listener): this {
    return this.on(name, listener);
  }

  removeListener(name: string, listener: Listener): this {
    return this.off(name, listener);
  }

  removeAllListeners(name?: string): this {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  emit(name: string, ...args: unknown[]): boolean {
    const entries = this.#listeners.get(name) ?? [];
    // Como en Node: un `error` que nadie escucha se lanza.
    if (entries.length === 0 && name === 'error') throw args[0];
    for (const entry of entries) {
      if (entry.isOnce) this.off(name, entry.listener);
      entry.listener.apply(this, args);
    }
    return entries.length > 0;
  }

  listenerCount(name: string): number {
    return this.#listeners.get(name)?.length ?? 0;
  }
}
