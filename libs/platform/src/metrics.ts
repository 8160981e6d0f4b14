import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Aggregator, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricsSnapshot, summedText } from './workers/summed-metrics.js';
import { Workers } from './workers/workers.js';

const PATIENCE_MS = 5_000;

/** The numbers that GET /metrics shows: of the process itself, and those that other rooms add; of all workers where there are several. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly registry = new Registry();

  constructor(private readonly workers: Workers) {
    collectDefaultMetrics({ register: this.registry });
    workers.answer('metrics', () => this.registry.getMetricsAsJSON());
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All numbers in the text format of Prometheus. */
  async text(): Promise<string> {
    if (!this.workers.areSeveral) return this.registry.metrics();
    return summedText(await this.workers.ask<MetricsSnapshot>('metrics', { of: 'serving', withinMs: PATIENCE_MS }));
  }

  /** A number that only grows, by one label; cheap to count with, as each label's counter is made once. */
  counter(name: string, help: string, label: string): (value: string) => { inc(by?: number): void } {
    const counter = new Counter({ name, help, labelNames: [label], registers: [this.registry] });
    return (value) => counter.labels(value);
  }

  /** A number that only grows and is counted elsewhere: it is asked for when the metrics are read. */
  total(name: string, help: string, read: () => number): void {
    const collect = function (this: Counter): void {
      this.reset();
      this.inc(read());
    };
    new Counter({ name, help, registers: [this.registry], collect });
  }

  histogram(name: string, help: string, buckets: number[]): { observe(value: number): void } {
    return new Histogram({ name, help, buckets, registers: [this.registry] });
  }

  /** A number that is asked for when the metrics are read; several workers have their sum, or what else is said. */
  gauge(name: string, help: string, read: () => number, aggregator: Aggregator = 'sum'): void {
    const collect = function (this: Gauge): void {
      this.set(read());
    };
    new Gauge({ name, help, registers: [this.registry], collect, aggregator });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }
}
