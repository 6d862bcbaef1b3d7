#!/usr/bin/env node
import { launch } from "./lib/launcher.js";

launch(process.argv.slice(2));
