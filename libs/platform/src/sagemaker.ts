type Environment = Readonly<Record<string, string | undefined>>;

/** Where SageMaker unpacks a model. */
export const SAGEMAKER_MODEL = '/opt/ml/model';

/** The environment of a container that SageMaker starts with the argument `serve`: its port, its network, its model. */
export function sageMakerEnvironment(environment: Environment, hasModel: boolean): Environment {
  return {
    ...environment,
    PORT: environment.SAGEMAKER_BIND_TO_PORT ?? '8080',
    HOST: '0.0.0.0',
    ...(hasModel && { MODELS_DIR: SAGEMAKER_MODEL }),
  };
}
