import { ApiFailure } from "./request.ts";

/**
 * Sends something with the token of this moment, null when the person is signed out. A refusal of a token that has been
 * replaced meanwhile says nothing about the sign-in: it counts as a failure of the server, so that the new token gets its
 * chance. Throws `ApiFailure`.
 */
export async function withToken<T>(
  currentToken: () => string | null,
  send: (token: string) => Promise<T>,
): Promise<T> {
  const token = currentToken();
  if (token === null) throw new ApiFailure("unauthorized", "You are signed out.");
  try {
    return await send(token);
  } catch (error) {
    const isRefused =
      error instanceof ApiFailure && (error.kind === "revoked" || error.kind === "unauthorized");
    throw isRefused && currentToken() !== token ? new ApiFailure("server", error.message) : error;
  }
}
