export { readXgboost, XgboostModel, type XgboostOptions } from './xgboost-model.js';
