# What `custseg_helpers` offers, with its types; `rooms.opener` reads the names from here, too.

# Companies and their order lines
from .mapping.load import load as load
from .company.company import SAMPLES as SAMPLES
from .company.company import load_sample as load_sample
from .company.schema import TABLES as TABLES
from .company.raw import answer_key as answer_key
from .company.raw import raw_folder as raw_folder
from .company.raw import raw_members as raw_members
from .company.raw import raw_sales as raw_sales
from .company.raw import raw_service as raw_service
from .reading.dates import dates as dates
from .reading.numbers import numbers as numbers
from .facts.per_customer import interaction_facts as interaction_facts
from .facts.per_customer import interactions_by as interactions_by
from .facts.per_customer import money_by as money_by
from .facts.per_customer import order_facts as order_facts
from .facts.per_customer import response_facts as response_facts

# Tags
from .tags import catalogue as catalogue
from .tags import rules as rules
from .tags.apply import apply_tags as apply_tags
from .tags.apply import tag_coverage as tag_coverage
from .tags.apply import tag_overlap as tag_overlap
from .tags.catalogue import parse_catalogue as parse_catalogue
from .tags.catalogue import read_catalogue as read_catalogue
from .tags.findings import check_catalogue as check_catalogue
from .tags.table import customer_table as customer_table

# Tiers and segments
from .tiers import value as value
from .tiers import cuts as cuts
from .tiers import rfm as rfm
from .tiers import lifecycle as lifecycle
from .tiers import cycle as cycle
from .tiers import cohort as cohort
from .tiers import behaviour as behaviour
from .tiers import quadrant as quadrant
from .tiers import cross as cross
from .tiers import clusters as clusters
from .tiers import kmeans as kmeans
from .tiers import cluster_count as cluster_count
from .tiers import cluster_kin as cluster_kin
from .tiers import cluster_rules as cluster_rules
from .tiers import clv as clv
from .tiers import clv_holdout as clv_holdout
from .tiers import persona as persona
from .tiers import cards as cards
from .tiers.traits import need_groups as need_groups
from .tiers.traits import traits as traits

# The whole way in one call
from .results.whole_way import run as run
from .results.whole_way import segment as segment

# From groups to deeds
from .action import strategy as strategy
from .action import recommend as recommend
from .action import channels as channels
from .action import playbook as playbook
from .action import targets as targets
from .action import baseline as baseline
from .action import pooling as pooling
from .action import soundness as soundness
from .action import response as response
from .action import levers as levers
from .action import allocation as allocation
from .action import experiment as experiment
from .action import sample_size as sample_size
from .action import before_after as before_after
from .action import chance as chance
from .action import evaluation as evaluation
from .action import migration as migration
from .action import quality as quality

# Keeping it right
from .governance import scheme as scheme
from .governance import overrides as overrides
from .governance import kpis as kpis
from .governance import privacy as privacy
from .governance import fairness as fairness

# Pictures, and what can be moved
from . import explore as explore
from . import plots as plots
from .plots.style import new_figure as new_figure

# Words
from .words.glossary import labelled as labelled
from .words.text import T as T
from .words.text import use_language as use_language

# A learner's work
from .learn import capstone as capstone
from .learn.build import build as build
from .learn.check import check as check
from .learn.elsewhere import elsewhere as elsewhere
from .learn.help import hint as hint
from .learn.help import solution as solution
from .learn.names import label as label
from .learn.rungs import predict as predict
from .learn.rungs import rung as rung
from .learn.folder import reset as reset
from .learn.folder import work_folder as work_folder
from .learn.progress import progress as progress
from .learn.quiz import quiz as quiz
from .learn.rubric import assess as assess
from .learn.rubric import read_rubric as read_rubric
from .learn.save import save_table as save_table
from .learn.take_home import excel as excel

__version__: str
