/** What the server tells of itself. */
export const SERVER = {
  name: 'scorekeeper',
  version: '0.1.0',
  extensions: ['binary_tensor_data', 'model_repository'],
} as const;
