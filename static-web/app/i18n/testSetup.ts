import en from "../../strings/en.json";
import { speak } from "./t.ts";

// Tests read English, whatever the machine speaks.
speak("en", "en", en);
