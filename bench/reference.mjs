// What a server of this model costs at least: bare node:http, JSON.parse, one run of the model, JSON.stringify. It checks nothing
// and keeps nothing. Usage: node reference.mjs MODEL.onnx; it prints its port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { FEATURES } from './rows.mjs';

const OPTIONS = { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 };
const names = FEATURES.map(({ name }) => name);
const session = await InferenceSession.create(readFileSync(process.argv[2]), OPTIONS);

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => void answer(JSON.parse(Buffer.concat(chunks).toString()), response));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

async function answer(body, response) {
  const scores = await scoresOf([body].flat());
  const result = Array.isArray(body) ? scores.map(toAnswer) : toAnswer(scores[0]);
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(result));
}

async function scoresOf(rows) {
  const values = Float64Array.from(rows.flatMap((row) => names.map((name) => row[name])));
  const inputs = { [session.inputNames[0]]: new Tensor('float64', values, [rows.length, names.length]) };
  const outputs = await session.run(inputs);
  return Array.from(outputs[session.outputNames[0]].data);
}

function toAnswer(score) {
  return { score, model_version: 1 };
}
