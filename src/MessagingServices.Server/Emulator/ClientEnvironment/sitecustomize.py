# Loaded by PYTHONPATH. Twilio's SDK before version 7.9.1 ignores REQUESTS_CA_BUNDLE, so the module requests gets the
# bundle as its default. It is changed when it is imported, not before.
import importlib.machinery
import importlib.util
import os
import sys


def _bundle():
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundle.pem")


def _change(module):
    if module.__name__ == "certifi":
        module.where = _bundle
    else:
        module.DEFAULT_CA_BUNDLE_PATH = _bundle()


class _Finder:
    def find_spec(self, name, path=None, target=None):
        if name not in ("certifi", "requests.adapters"):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            _change(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Finder())


def _run_next():
    # The sitecustomize that this one hides: of the distribution, or of the user.
    own = os.path.dirname(os.path.abspath(__file__))
    others = [folder for folder in sys.path if os.path.abspath(folder or ".") != own]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_run_next()
