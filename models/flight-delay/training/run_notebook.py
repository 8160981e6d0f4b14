"""Runs flight-delay.ipynb again and keeps its output.

    pip install -r requirements-notebook.txt
    python run_notebook.py --table flights_weather.csv.gz
"""
import argparse
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
NOTEBOOK = HERE / 'flight-delay.ipynb'
TIMEOUT_S = 1800


def main():
    parser = argparse.ArgumentParser(description='Runs the notebook.')
    parser.add_argument('--table', type=Path, required=True, help='what build_table.py writes')
    options = parser.parse_args()
    os.environ.update(FLIGHTS_TABLE=str(options.table.resolve()), PYTHONDONTWRITEBYTECODE='1', OMP_NUM_THREADS='1')
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    # Coalesced: how often a kernel flushes its output is chance.
    NotebookClient(notebook, timeout=TIMEOUT_S, record_timing=False, coalesce_streams=True,
                   resources={'metadata': {'path': HERE}}).execute()
    # The release of the reader's Python is no result.
    notebook.metadata['language_info'] = {'name': 'python'}
    nbformat.write(notebook, NOTEBOOK)


main()
