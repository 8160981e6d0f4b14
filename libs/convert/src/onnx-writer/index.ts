export { type Attribute, type Attributes } from './attribute.js';
export { type GraphInput, type NodeSpec, type OutputPart } from './graph.js';
export { GraphBuilder, type AlongAxis, type Reduction, type TopKOptions } from './graph-builder.js';
export {
  doubleTensor,
  int64Tensor,
  stringTensor,
  uint8Tensor,
  type ElementType,
  type TensorContent,
} from './tensor.js';
export { declareOutputs, wiringOf } from './graph-wiring.js';
export { Value, type Operand } from './value.js';
