/** The file endings that an upload may have, in lower case. */
export const acceptedEndings: readonly string[] = ['.pkl', '.pickle', '.joblib', '.onnx', '.txt', '.json', '.ubj'];

/** Whether a file of this name may be uploaded. */
export function hasAcceptedEnding(fileName: string): boolean {
  const lowerCase = fileName.toLowerCase();
  return acceptedEndings.some((ending) => lowerCase.endsWith(ending));
}
