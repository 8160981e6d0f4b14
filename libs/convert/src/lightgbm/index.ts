export { LightgbmModel, readLightgbm, type LightgbmOptions } from './lightgbm-model.js';
