import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers that GET /metrics shows: of the process itself, and those that other rooms add. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All numbers in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** A number that only grows, by one label; cheap to count with, as each label's counter is made once. */
  counter(name: string, help: string, label: string): (value: string) => { inc(by?: number): void } {
    const counter = new Counter({ name, help, labelNames: [label], registers: [this.registry] });
    return (value) => counter.labels(value);
  }

  histogram(name: string, help: string, buckets: number[]): { observe(value: number): void } {
    return new Histogram({ name, help, buckets, registers: [this.registry] });
  }

  /** A number that is asked for when the metrics are read. */
  gauge(name: string, help: string, read: () => number): void {
    const collect = function (this: Gauge): void {
      this.set(read());
    };
    new Gauge({ name, help, registers: [this.registry], collect });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }
}
