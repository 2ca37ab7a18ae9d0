
type __ = Obj.t

val negb : bool -> bool

val fst : ('a1 * 'a2) -> 'a1

val snd : ('a1 * 'a2) -> 'a2

type comparison =
| Eq
| Lt
| Gt

val compOpp : comparison -> comparison

val pred : int -> int

val add : int -> int -> int

val mul : int -> int -> int

val sub : int -> int -> int

type reflect =
| ReflectT
| ReflectF

module Pos :
 sig
  type mask =
  | IsNul
  | IsPos of Integers.t
  | IsNeg
 end

module Coq_Pos :
 sig
  val succ : Integers.t -> Integers.t

  val add : Integers.t -> Integers.t -> Integers.t

  val add_carry : Integers.t -> Integers.t -> Integers.t

  val pred_double : Integers.t -> Integers.t

  val pred_N : Integers.t -> Integers.t

  type mask = Pos.mask =
  | IsNul
  | IsPos of Integers.t
  | IsNeg

  val succ_double_mask : mask -> mask

  val double_mask : mask -> mask

  val double_pred_mask : Integers.t -> mask

  val sub_mask : Integers.t -> Integers.t -> mask

  val sub_mask_carry : Integers.t -> Integers.t -> mask

  val sub : Integers.t -> Integers.t -> Integers.t

  val mul : Integers.t -> Integers.t -> Integers.t

  val iter : ('a1 -> 'a1) -> 'a1 -> Integers.t -> 'a1

  val div2 : Integers.t -> Integers.t

  val div2_up : Integers.t -> Integers.t

  val size_nat : Integers.t -> int

  val size : Integers.t -> Integers.t

  val compare_cont : comparison -> Integers.t -> Integers.t -> comparison

  val compare : Integers.t -> Integers.t -> comparison

  val eqb : Integers.t -> Integers.t -> bool

  val leb : Integers.t -> Integers.t -> bool

  val sqrtrem_step :
    (Integers.t -> Integers.t) -> (Integers.t -> Integers.t) ->
    (Integers.t * mask) -> Integers.t * mask

  val sqrtrem : Integers.t -> Integers.t * mask

  val sqrt : Integers.t -> Integers.t

  val gcdn : int -> Integers.t -> Integers.t -> Integers.t

  val gcd : Integers.t -> Integers.t -> Integers.t

  val coq_Nsucc_double : Integers.t -> Integers.t

  val coq_Ndouble : Integers.t -> Integers.t

  val coq_lor : Integers.t -> Integers.t -> Integers.t

  val coq_land : Integers.t -> Integers.t -> Integers.t

  val ldiff : Integers.t -> Integers.t -> Integers.t

  val coq_lxor : Integers.t -> Integers.t -> Integers.t

  val iter_op : ('a1 -> 'a1 -> 'a1) -> Integers.t -> 'a1 -> 'a1

  val to_nat : Integers.t -> int

  val of_succ_nat : int -> Integers.t
 end

module N :
 sig
  val succ_pos : Integers.t -> Integers.t

  val coq_lor : Integers.t -> Integers.t -> Integers.t

  val ldiff : Integers.t -> Integers.t -> Integers.t

  val coq_lxor : Integers.t -> Integers.t -> Integers.t
 end

module Z :
 sig
  val double : Integers.t -> Integers.t

  val succ_double : Integers.t -> Integers.t

  val pred_double : Integers.t -> Integers.t

  val pos_sub : Integers.t -> Integers.t -> Integers.t

  val add : Integers.t -> Integers.t -> Integers.t

  val opp : Integers.t -> Integers.t

  val sub : Integers.t -> Integers.t -> Integers.t

  val mul : Integers.t -> Integers.t -> Integers.t

  val pow_pos : Integers.t -> Integers.t -> Integers.t

  val pow : Integers.t -> Integers.t -> Integers.t

  val compare : Integers.t -> Integers.t -> comparison

  val leb : Integers.t -> Integers.t -> bool

  val ltb : Integers.t -> Integers.t -> bool

  val eqb : Integers.t -> Integers.t -> bool

  val abs : Integers.t -> Integers.t

  val to_nat : Integers.t -> int

  val to_N : Integers.t -> Integers.t

  val of_nat : int -> Integers.t

  val of_N : Integers.t -> Integers.t

  val pos_div_eucl : Integers.t -> Integers.t -> Integers.t * Integers.t

  val div_eucl : Integers.t -> Integers.t -> Integers.t * Integers.t

  val div : Integers.t -> Integers.t -> Integers.t

  val modulo : Integers.t -> Integers.t -> Integers.t

  val div2 : Integers.t -> Integers.t

  val log2 : Integers.t -> Integers.t

  val sqrt : Integers.t -> Integers.t

  val gcd : Integers.t -> Integers.t -> Integers.t

  val shiftl : Integers.t -> Integers.t -> Integers.t

  val shiftr : Integers.t -> Integers.t -> Integers.t

  val coq_land : Integers.t -> Integers.t -> Integers.t

  val coq_lxor : Integers.t -> Integers.t -> Integers.t

  val lcm : Integers.t -> Integers.t -> Integers.t
 end

val eqb0 : char -> char -> bool

val to_N0 : char -> Integers.t

val of_N0 : Integers.t -> char option

module Option :
 sig
  val apply : ('a1 -> 'a2) -> 'a2 -> 'a1 option -> 'a2

  val bind : ('a1 -> 'a2 option) -> 'a1 option -> 'a2 option

  val map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option
 end

val iffP : bool -> reflect -> reflect

val idP : bool -> reflect

type 't pred0 = 't -> bool

type 't rel = 't -> 't pred0

module Equality :
 sig
  type 't axiom = 't -> 't -> reflect

  type 't mixin_of = { op : 't rel; mixin_of__1 : 't axiom }

  val op : 'a1 mixin_of -> 'a1 rel

  type coq_type =
    __ mixin_of
    (* singleton inductive, whose constructor was Pack *)

  type sort = __

  val coq_class : coq_type -> sort mixin_of
 end

val eq_op : Equality.coq_type -> Equality.sort rel

val eqn : int -> int -> bool

val eqnP : int Equality.axiom

val nat_eqMixin : int Equality.mixin_of

val nat_eqType : Equality.coq_type

val addn_rec : int -> int -> int

val addn : int -> int -> int

val subn_rec : int -> int -> int

val subn : int -> int -> int

val leq : int -> int -> bool

val maxn : int -> int -> int

val minn : int -> int -> int

val iter0 : int -> ('a1 -> 'a1) -> 'a1 -> 'a1

val muln_rec : int -> int -> int

val muln : int -> int -> int

val size0 : 'a1 list -> int

val nilp : 'a1 list -> bool

val ohead : 'a1 list -> 'a1 option

val head : 'a1 -> 'a1 list -> 'a1

val behead : 'a1 list -> 'a1 list

val ncons : int -> 'a1 -> 'a1 list -> 'a1 list

val nseq : int -> 'a1 -> 'a1 list

val cat : 'a1 list -> 'a1 list -> 'a1 list

val rcons : 'a1 list -> 'a1 -> 'a1 list

val last : 'a1 -> 'a1 list -> 'a1

val nth : 'a1 -> 'a1 list -> int -> 'a1

val filter : 'a1 pred0 -> 'a1 list -> 'a1 list

val has : 'a1 pred0 -> 'a1 list -> bool

val all : 'a1 pred0 -> 'a1 list -> bool

val drop : int -> 'a1 list -> 'a1 list

val take : int -> 'a1 list -> 'a1 list

val catrev : 'a1 list -> 'a1 list -> 'a1 list

val rev : 'a1 list -> 'a1 list

val map0 : ('a1 -> 'a2) -> 'a1 list -> 'a2 list

val iota : int -> int -> int list

val mkseq : (int -> 'a1) -> int -> 'a1 list

val foldr : ('a1 -> 'a2 -> 'a2) -> 'a2 -> 'a1 list -> 'a2

val sumn : int list -> int

val foldl : ('a2 -> 'a1 -> 'a2) -> 'a2 -> 'a1 list -> 'a2

val zip : 'a1 list -> 'a2 list -> ('a1 * 'a2) list

val flatten : 'a1 list list -> 'a1 list

val shape : 'a1 list list -> int list

val flatten_index : int list -> int -> int -> int

val edivn : int -> int -> int * int

val divn : int -> int -> int

val modn : int -> int -> int

type matrix = (Integers.t * Integers.t) list list

type table = matrix list list list

val entry : matrix -> int -> int -> Integers.t * Integers.t

val element : table -> int -> int -> int -> matrix

type gauss = Integers.t * Integers.t

val g0 : gauss

val gadd : gauss -> gauss -> gauss

val gsub : gauss -> gauss -> gauss

val gmul : gauss -> gauss -> gauss

val gscale : Integers.t -> gauss -> gauss

val gmulc : gauss -> gauss -> gauss

val gabs1 : gauss -> Integers.t

val gprod : gauss list -> gauss

val geq : gauss -> gauss -> bool

val gconj_eq : gauss -> gauss -> bool

val dot : gauss list -> gauss list -> gauss

val weigh : Integers.t list -> gauss list -> gauss list

val zsum : Integers.t list -> Integers.t

val gsum : gauss list -> gauss

val upto : int -> int pred0 -> bool

val radix : int list -> int -> int

val stride : int list -> int -> int

val dig : int list -> int -> int -> int

val off : int list -> int -> int -> int

val card : int list -> int

val enc : int list -> (int -> int) -> int

val one_at : int -> int list -> int list

val rest : int list -> int -> int -> int

val tabulate : int -> (int -> int -> gauss) -> matrix

type witness = (Integers.t * Integers.t list) * matrix

val residual :
  matrix -> Integers.t -> matrix -> gauss list -> int -> int -> gauss

val dominant_row :
  int -> matrix -> Integers.t -> matrix -> gauss list -> int -> bool

val hermitian : int -> matrix -> bool

val check_psd : int -> matrix -> witness -> bool

val inner_product : int -> matrix -> matrix -> gauss

val box : int -> matrix -> Integers.t

val gtrace : int -> matrix -> gauss

val setting_radices : int list list -> int list

val outcome_radices : int list list -> int -> int list

val nonempty : int list list -> int list -> bool

val events : int list list -> (int -> int -> bool) -> bool

val gsum_events : int list list -> (int -> int -> gauss) -> gauss

val zsum_events : int list list -> (int -> int -> Integers.t) -> Integers.t

val dual_entry :
  int list list -> int list -> table -> table -> int -> int -> int -> int ->
  gauss

val dual_matrix :
  int list list -> int list -> table -> table -> int -> int -> matrix

val check_V : int list list -> int list -> table -> bool

val steering_value : int list list -> int list -> table -> table -> gauss

val steering_box : int list list -> int list -> table -> Integers.t

val check_value :
  int list list -> int list -> Integers.t -> Integers.t -> Integers.t ->
  table -> table -> bool

val check_no_signalling : int list list -> (int -> int -> gauss) -> bool

val partial_trace_entry : int list -> matrix -> int -> int -> int -> gauss

val check_marginals :
  int list list -> int list -> Integers.t -> Integers.t -> table -> (int ->
  int -> matrix) -> bool

val settings_outcomes : int list list -> (int -> int -> int -> bool) -> bool

val tensor_entry :
  int list list -> int list -> table -> int -> int -> int -> int -> gauss

val steered_matrix :
  int list list -> int list -> int list -> matrix -> table -> int -> int ->
  matrix

type bytes = char list

type json =
| Str of bytes
| Arr of json list
| Obj of (bytes * json) list

val code : char -> Integers.t

val count : 'a1 list -> int

val between : Integers.t -> Integers.t -> Integers.t -> bool

val emit : json -> bytes -> bytes

val print : json -> bytes

val follows : char -> bool

val utf8 : bytes -> bool

val code_points : bytes -> Integers.t

val blank : char -> bool

val skip : bytes -> bytes

val hex : char -> Integers.t option

val hex4 : char -> char -> char -> char -> Integers.t option

val byte_of : Integers.t -> char

val point : Integers.t -> bytes

val short_escape : char -> char option

val string : bytes -> bytes -> (bytes * bytes) option

val json_at : int -> int -> bytes -> (json * bytes) option

val items : int -> int -> bytes -> json list -> (json * bytes) option

val members :
  int -> int -> bytes -> (bytes * json) list -> (json * bytes) option

val parse : bytes -> json option

val before : bytes -> bytes -> bool

val same : bytes -> bytes -> bool

val merge_onto :
  ('a1 -> 'a1 -> bool) -> int -> 'a1 list -> 'a1 list -> 'a1 list -> 'a1 list

val merge_pairs :
  ('a1 -> 'a1 -> bool) -> 'a1 list list -> 'a1 list list -> 'a1 list list

val merge_all : ('a1 -> 'a1 -> bool) -> int -> 'a1 list list -> 'a1 list

val sorted_by : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list

val by_key : (bytes * 'a1) list -> (bytes * 'a1) list

val distinct : (bytes * 'a1) list -> bool

val lined_up :
  (bytes * int) list -> (bytes * json) list -> (int * json) list ->
  (int * json) list option

val numbered : 'a1 list -> ('a1 * int) list

val fields : bytes list -> json -> json list option

val each : ('a1 -> 'a2 option) -> 'a1 list -> 'a2 list -> 'a2 list option

val list_of : (json -> 'a1 option) -> json -> 'a1 list option

val str : json -> bytes option

val mask0 : Integers.t

val word : Integers.t -> Integers.t

val twice : Integers.t

val turn : Integers.t -> Integers.t -> Integers.t

val xor3 : Integers.t -> Integers.t -> Integers.t -> Integers.t

val constants : Integers.t list

val start : Integers.t list

val by2 : Integers.t

val by3 : Integers.t

val by6 : Integers.t

val by7 : Integers.t

val by10 : Integers.t

val by11 : Integers.t

val by13 : Integers.t

val by17 : Integers.t

val by18 : Integers.t

val by19 : Integers.t

val by22 : Integers.t

val by25 : Integers.t

val round : Integers.t list -> Integers.t -> Integers.t -> Integers.t list

val slide : Integers.t list -> Integers.t list

val rounds :
  Integers.t list -> Integers.t list -> Integers.t list -> Integers.t list

val compress : Integers.t list -> Integers.t list -> Integers.t list

val byte_size : Integers.t

val absorb :
  bytes -> int -> Integers.t list -> Integers.t list -> Integers.t list

val big_endian : int -> Integers.t -> bytes -> bytes

val padded : bytes -> bytes

val hex_digit : Integers.t -> char

val hex_word : Integers.t -> bytes

val sha256 : bytes -> bytes

type fraction_matrix = Integers.t * matrix

type family = fraction_matrix list list

type rational = Integers.t * Integers.t

type centred = { outcomes_of : int list list; dims_of : int list;
                 centre_of : family list; radius_of : rational }

type label = (int option * int) list

type bounded = { scenario_of_bound : (int list list * int list);
                 functional_of : (label * fraction_matrix) list;
                 tolerance_of : rational; upper_of : rational }

type statement =
| NoParentStates of centred
| ParentStates of centred
| QuantumRealisation of centred
| NoiseRobustness of centred * family list * rational * rational
| SmallestEigenvalue of centred * rational * rational
| QuantumBound of bounded
| NoQuantumCorrelations of centred
| OutsideLevel of centred
| LhsModel of centred
| NoLhsModel of centred
| LhsNoiseRobustness of centred * family list * rational * rational
| NonlocalCorrelations of centred
| NoProductLhsModel of centred * int list
| ProductLhsModel of centred * int list
| QuantumMixture of centred

val decimal : int -> Integers.t -> bytes -> bytes

val write_natural : Integers.t -> bytes

val write_integer : Integers.t -> bytes

val write_nat : int -> bytes

val write_rational : rational -> bytes

val commas : bytes list -> bytes

val settings_text : int list list -> int -> bytes

val element_label : int list list -> int -> int -> bytes

val element_labels : int list list -> bytes list list

val object0 : (bytes * json) list -> json

val write_rows : ((Integers.t * Integers.t) -> Integers.t) -> matrix -> json

val is_real : matrix -> bool

val write_matrix : fraction_matrix -> json

val write_family : bytes list list -> family -> json

val write_numbers : int list -> json

val write_scenario : int list list -> int list -> json

val write_centred : centred -> (bytes * json) list

val label_text : label -> bytes

val write_coefficient : int list -> fraction_matrix -> json

val write_bounded : bounded -> (bytes * json) list

val claim_of : statement -> bytes

val write_bounds : rational -> rational -> (bytes * json) list

val write_noise : centred -> family list -> bytes * json

val particulars : statement -> (bytes * json) list

val format_of : bytes

val write : statement -> bytes

val member_of : family -> int -> int -> fraction_matrix

val ten : Integers.t

val digit_0 : Integers.t

val digit_9 : Integers.t

val digits : bytes -> int -> Integers.t -> Integers.t option

val natural : bytes -> Integers.t option

val integer : bytes -> Integers.t option

val cut : char -> bytes -> bytes -> bytes * bytes option

val read_rational : bytes -> rational option

val rational_at : json -> rational option

val integer_at : json -> Integers.t option

val product : Integers.t list -> Integers.t

val total : Integers.t list -> Integers.t

val positive_numbers : Integers.t list -> bool

val scenario_at : json -> (int list list * int list) option

val rows_at : int -> int -> json -> Integers.t list list option

val gcd_rows : Integers.t list list -> Integers.t -> Integers.t

val matrix_at : int -> int -> json -> fraction_matrix option

val grouped : 'a2 list list -> 'a1 list -> 'a1 list list

val family_at : int -> int -> bytes list list -> json -> family option

val families_at : (int * bytes list list) list -> json -> family list option

val centre_at : int list list -> int list -> json -> family list option

val centred_at : json -> json -> json -> centred option

val keys : char list list

val with_centre :
  bytes list -> (centred -> json list -> statement option) -> json ->
  statement option

val just : (centred -> statement) -> json -> statement option

val at_most : rational -> rational -> bool

val with_bounds :
  (centred -> rational -> rational -> statement) -> json -> statement option

val with_noise :
  (centred -> family list -> rational -> rational -> statement) -> json ->
  statement option

val few_strategies : centred -> bool

val only_if :
  (centred -> bool) -> (centred -> statement) -> json -> statement option

val correlations : centred -> bool

val factors_ok : centred -> Integers.t list -> bool

val with_factors :
  (centred -> bool) -> (centred -> int list -> statement) -> json ->
  statement option

val still : centred -> bool

val pieces : int -> char -> bytes -> bytes list -> bytes list

val parts : char -> bytes -> bytes list

val pair_of : 'a1 option -> 'a2 option -> ('a1 * 'a2) option

val below : int -> bytes -> int option

val event_at : int list -> bytes -> bytes -> (int option * int) option

val label_at : int list list -> bytes -> label option

val coefficient_at : int -> json -> fraction_matrix option

val functional_at :
  int list list -> int -> json -> (label * fraction_matrix) list option

val few_alices : int list list -> bool

val bounded_at : json -> statement option

val readers : (bytes * (json -> statement option)) list

val member : bytes -> (bytes * 'a1) list -> 'a1 option

val claim_at : json -> bytes option

val statement_at : json -> statement option

val read : bytes -> statement option

val marginal_label : int list list -> int -> int -> int -> bytes

val marginal_labels : int list list -> int -> bytes list list

val multipliers_at :
  int list list -> int list -> json -> (family list * family list) option

val joint_at : int list list -> int list -> json -> family option

val enclosure_at :
  int list list -> int list -> json -> (family * (family list * family list))
  option

val halves_at :
  rational -> (json -> 'a1 option) -> (json -> 'a2 option) -> json -> ('a1
  option * 'a2) option

val inequality_at : centred -> json -> family list option

val qubit_grid : centred -> Integers.t -> bool

val inequality_or_grid_at :
  centred -> json -> (family list * int option) option

val provenance_ok : json -> bool

type rule = bytes * (unit -> bool)

val named : bytes -> (unit -> bool) -> rule

val first_failed : rule list -> bytes option

val common : family list -> Integers.t -> Integers.t

val rescale : Integers.t -> fraction_matrix -> matrix

val table_of : Integers.t -> family list -> table

val fits : Integers.t -> family list -> bool

val nearest : Integers.t -> Integers.t -> Integers.t

val factor_row :
  Integers.t -> matrix -> gauss list -> gauss list -> gauss list option

val factor_rows : Integers.t -> matrix -> matrix -> matrix option

val rounded : int -> matrix -> Integers.t -> witness option

val content : gauss list -> Integers.t

val shrink : Integers.t -> gauss -> gauss

val eliminate :
  int -> int -> Integers.t -> matrix -> ((Integers.t * Integers.t) * gauss
  list) list

val exact : int -> matrix -> witness

val margins : Integers.t list

val search : int -> matrix -> Integers.t list -> witness option

val positive0 : int -> matrix -> bool

val over : family list -> Integers.t * table

val rule_A1 : int list list -> int list -> Integers.t -> table -> bool

val rule_A2 : int list list -> int list -> Integers.t -> table -> bool

val rule_A3 : int list list -> int list -> table -> bool

val assemblage_rules :
  int list list -> int list -> family list -> Integers.t -> table -> rule list

val alone : int list -> int -> bool

val one_big : int list -> bool

val least : int list -> int

val reach_number : int list -> Integers.t

val margin : int list -> rational -> rational -> rational

val joint_table : family -> Integers.t * (int -> int -> matrix)

val lowered : int -> Integers.t -> rational -> matrix -> matrix

val joint_rules :
  int list list -> int list -> Integers.t -> table -> Integers.t -> (int ->
  int -> matrix) -> rational -> rational -> rule list

val parent_states_rules : centred -> family -> rule list

type letter = int * int

type part = letter list

type word0 = part list

val outcomes_at : int list list -> int -> int -> int

val observable : int list -> int -> bool

val joined : int list -> part -> part -> part option

val adjoint : word0 -> word0

val product_from : int list list -> int -> word0 -> word0 -> word0 option

val twice_in_words :
  int list list -> int -> (int option * int) -> (part * Integers.t) list

val multiplier_tables : (family list * family list) -> table * table

val dual_rules :
  int list list -> int list -> Integers.t -> table -> rational -> table ->
  table -> rule list

val no_parent_states_rules :
  centred -> (family list * family list) -> rule list

val mix_matrix :
  int -> rational -> fraction_matrix -> fraction_matrix -> fraction_matrix

val mix_families :
  int list list -> int list -> rational -> family list -> family list ->
  family list

val value_within :
  int list list -> int list -> Integers.t -> table -> table -> rational ->
  Integers.t

val trace_number : centred -> (int -> int -> matrix) -> Integers.t

val smallest_eigenvalue_rules :
  centred -> rational -> rational -> family -> (family list * family list) ->
  rule list

val add_rows : gauss list -> gauss list -> gauss list

val add_matrices : matrix -> matrix -> matrix

val all_from : int -> int -> int pred0 -> bool

val joint_entry : int list -> table -> int -> int -> int -> int -> gauss

val joint_matrices : int list list -> int list -> table -> matrix list list

val strategies : int list list -> int

val told : int list list -> int -> int -> int -> int

val outcome_told : int list list -> int -> int -> int

val strategy_matrix : int list list -> matrix list list -> int -> matrix

val strategy_rule : int list list -> int list -> table -> bool

type term =
| Vector of fraction_matrix
| Flagged of fraction_matrix * int
| Whole of fraction_matrix

type realisation = { systems : int list; terms : term list;
                     effects : family list }

val term_den : term -> Integers.t

val term_matrix : int -> int -> term -> matrix

val term_ok : int -> int -> term -> bool

val state_matrix : int -> int -> term list -> matrix

val povm_rule : centred -> realisation -> table -> Integers.t -> bool

val state_rule :
  centred -> realisation -> matrix -> Integers.t -> Integers.t -> bool

val realisation_rules : centred -> realisation -> rule list

val naturals_at : Integers.t -> Integers.t -> json -> int option

val term_at : int -> int -> json -> term option

val effect_labels : int list -> bytes list list

val realisation_at : centred -> json -> realisation option

type choices = int list list

val told0 : choices -> int -> int -> int

type hidden = { listed : choices list; states_of : family list;
                bases_of : choices list }

val departures : int list -> int list -> int list

val fullest : int list -> int

val one_coefficient :
  int list -> int list -> int list -> int -> int -> Integers.t

val one_weight : int list -> int list -> int list -> Integers.t

val zprod : Integers.t list -> Integers.t

val over_bases :
  int list list -> choices list -> (int -> choices -> Integers.t) ->
  Integers.t

val weight_of : int list list -> choices list -> choices -> Integers.t

val coefficients :
  int list list -> choices list -> choices -> Integers.t list list

val surplus : int list -> int list -> int -> int -> int -> Integers.t

val multipliers_for : int list list -> choices list -> int -> int -> table

type item = (choices * Integers.t list list) * matrix list

val outcome_of : int list list -> choices -> int -> int

val choices_ok : int list list -> choices -> bool

val items_of :
  int list list -> int list -> rational -> hidden -> table -> item list

val answering : int list list -> item list -> int -> int -> item list

val trace_rule : int list -> item list -> bool

val model_rule :
  int list list -> int list -> Integers.t -> table -> Integers.t -> item list
  -> bool

val coefficient : item -> int -> int -> Integers.t

val size_of_coefficients : int list list -> item -> Integers.t

val inverse_rule : int list list -> choices list -> item list -> bool

val shift_of : int list -> rational -> int -> int -> Integers.t -> rational

val hidden_rules :
  int list list -> int list -> Integers.t -> table -> rational -> hidden ->
  Integers.t -> table -> rule list

val outcome_text : int -> bytes -> int option

val own_choices : int list -> bytes -> int list option

val choices_at : int list list -> bytes -> choices option

val keys_of : json -> bytes list option

val hidden_at : centred -> json -> hidden option

val one_bob : int list -> int list -> bool

type transposes = (int * (bool list * matrix) list) list

val turn0 : int list -> bool list -> int -> int -> int

val reduced :
  int list -> Integers.t -> Integers.t -> matrix -> (bool list * matrix) list
  -> matrix

val bob_matrices : int list list -> table -> matrix list list

val walk :
  int list list -> int list -> Integers.t -> Integers.t -> matrix list list
  -> int -> int -> transposes -> bool

val transposes_ok : int list -> transposes -> bool

val product_rule :
  int list list -> int list -> Integers.t -> Integers.t -> table -> int list
  -> transposes -> bool

val no_product_rules :
  centred -> int list -> family list -> (int * (bool list * fraction_matrix)
  list) list -> rule list

type product_term = choices * fraction_matrix list

val product_den : product_term -> Integers.t

val product_entry : int list -> product_term -> int -> int -> gauss

val product_matrix : int list -> Integers.t -> product_term -> matrix

val answered : centred -> product_term list -> int -> int -> product_term list

val factors_rule : int list -> product_term list -> bool

val product_model_rule :
  centred -> int list -> product_term list -> Integers.t -> Integers.t ->
  table -> bool

val product_rules : centred -> int list -> product_term list -> rule list

val entries : json -> (bytes * json) list option

val increasing : Integers.t list -> bool

val factor_set_at : int list -> bytes -> bool list option

val strategy_code : int list list -> choices -> int

val transposes_at :
  int list list -> int list -> json -> (int * (bool list * fraction_matrix)
  list) list option

val no_product_at :
  centred -> int list -> json -> (family list * (int * (bool
  list * fraction_matrix) list) list) option

val product_term_at : int list list -> int list -> json -> product_term option

val product_terms_at : centred -> int list -> json -> product_term list option

val mixture_at : centred -> json -> ((rational * realisation) * hidden) option

val thinner : rational -> rational -> rational

val lower_rule :
  int list list -> int list -> Integers.t -> Integers.t -> Integers.t ->
  Integers.t -> table -> table -> rational -> bool

val mixed : centred -> family list -> rational -> family list

val upper_ok : centred -> family list -> rational -> Integers.t -> bool

val lower_rules :
  centred -> rational -> ((family list * family list) option * family) ->
  Integers.t -> table -> Integers.t -> table -> rule list

val noise_robustness_rules :
  centred -> family list -> rational -> rational -> ((family list * family
  list) option * family) -> rule list

type pauli = ((Integers.t * Integers.t) * Integers.t) * Integers.t

val pauli_of : matrix -> pauli

val million : Integers.t

val at_point :
  Integers.t -> Integers.t -> Integers.t -> Integers.t -> pauli -> Integers.t

val least0 : (pauli -> Integers.t) -> pauli list -> Integers.t

val sum_least : (pauli -> Integers.t) -> pauli list list -> Integers.t

val signed : bool -> Integers.t -> Integers.t

val both : (bool -> bool) -> bool

val points_ok :
  pauli list list -> Integers.t -> Integers.t -> Integers.t -> bool

val pauli_rows : int list list -> table -> pauli list list

val one_qubit : int list -> bool

val grid_rule : int list list -> int -> table -> bool

type inequality = family list * int option

val classical_rule : int list list -> int list -> table -> int option -> rule

val no_lhs_rules : centred -> inequality -> rule list

val lhs_model_rules : centred -> hidden -> rule list

val lhs_lower_rules :
  centred -> rational -> (inequality option * hidden) -> Integers.t -> table
  -> Integers.t -> table -> rule list

val lhs_noise_rules :
  centred -> family list -> rational -> rational -> (inequality
  option * hidden) -> rule list

val remainder_matrix :
  int -> rational -> Integers.t -> fraction_matrix -> matrix ->
  fraction_matrix

val for_elements :
  int list list -> int list -> (int -> int -> int -> 'a1) -> 'a1 list list
  list

val marginal_table :
  int list list -> int list -> (int -> int -> matrix) -> table

val remainder_families :
  int list list -> int list -> rational -> family list -> Integers.t -> table
  -> family list

val thicker : rational -> rational -> rational

val quantum_mixture_rules :
  centred -> rational -> realisation -> hidden -> rule list

type 'k tree =
| Leaf
| Node of 'k tree * ('k * matrix) list * 'k tree

val put :
  ('a1 -> 'a1 -> bool) -> 'a1 -> matrix -> ('a1 * matrix) list ->
  ('a1 * matrix) list

val insert_at :
  ('a1 -> 'a1 -> bool) -> Integers.t -> 'a1 -> matrix -> 'a1 tree -> 'a1 tree

val insert :
  ('a1 -> 'a1 -> bool) -> ('a1 -> Integers.t) -> 'a1 -> matrix -> 'a1 tree ->
  'a1 tree

val elements_onto : 'a1 tree -> ('a1 * matrix) list -> ('a1 * matrix) list

val elements : 'a1 tree -> ('a1 * matrix) list

val same_part : part -> part -> bool

val same_word : word0 -> word0 -> bool

val same_event : (int option * int) -> (int option * int) -> bool

val same_label : label -> label -> bool

val same_pending : (word0 * label) -> (word0 * label) -> bool

val no_letters : word0 -> bool

val largest : int list -> int

val span : int list list -> Integers.t

val base : int list list -> Integers.t

val part_code : int list list -> Integers.t -> part -> Integers.t

val word_code : int list list -> word0 -> Integers.t

val event_code :
  int list list -> Integers.t -> (int option * int) -> Integers.t

val pending_code : int list list -> (word0 * label) -> Integers.t

type row = Integers.t list * Integers.t list

val zdot : Integers.t list -> Integers.t list -> Integers.t -> Integers.t

val row_dot : row -> row -> gauss

val block : row list -> row list -> matrix

val scaled : Integers.t -> matrix -> matrix

val daggered : int -> matrix -> matrix

val zmax : Integers.t -> Integers.t -> Integers.t

val add_vectors : Integers.t list -> Integers.t list -> Integers.t list

val column_sums : matrix -> Integers.t list

val size_of : matrix -> Integers.t

val add_square :
  int list list -> (word0 * row list) -> word0 tree -> word0 tree

val add_pair :
  int list list -> int -> (word0 * row list) -> word0 tree -> (word0 * row
  list) -> word0 tree

val add_squares :
  int list list -> int -> (word0 * row list) list -> word0 tree -> word0 tree

val next_alice :
  int list list -> (word0 * label) tree -> ((word0 * label) * matrix) ->
  (word0 * label) tree

val in_words :
  int list list -> (label * matrix) list -> ((word0 * label) * matrix) list

val rest_of : (word0 * matrix) list -> matrix * Integers.t

val less_unit : int -> matrix -> Integers.t -> matrix

val squares_rule :
  int list list -> int -> Integers.t -> (label * matrix) list -> Integers.t
  -> (word0 * row list) list -> bool

val unit_matrix : int -> Integers.t -> matrix

val label_ok : int list list -> label -> bool

type sum_of_squares = { factor_den : Integers.t;
                        factor_rows_of : (word0 * row list) list }

val whole : int list list -> label

val bound_den : bounded -> Integers.t

val bound_terms : bounded -> Integers.t -> (label * matrix) list

val divides : Integers.t -> Integers.t -> bool

val quantum_bound_rules : bounded -> sum_of_squares -> rule list

val label_of : int list list -> int -> int -> label

val level_terms : centred -> Integers.t -> table -> (label * matrix) list

val level_rules :
  centred -> family list -> rational -> sum_of_squares -> rule list

val label_place : centred -> label -> int

val stands_for : centred -> label -> int -> int -> bool

val all_left_out : label -> bool

val members_of : centred -> label -> int list

val probability : centred -> table -> label -> Integers.t

val moves : centred -> label -> Integers.t

val functional_den : (label * fraction_matrix) list -> Integers.t

val functional_terms :
  (label * fraction_matrix) list -> Integers.t -> (label * matrix) list

val coefficient0 : (label * matrix) -> Integers.t

val correlations_rules :
  centred -> (label * fraction_matrix) list -> sum_of_squares -> rule list

val letters : int list -> part

val letter_at : int list list -> bytes -> (int * letter) option

val add_letters :
  int -> word0 -> part -> (int * letter) list -> (int * word0) option

val word_at : int list list -> bytes -> word0 option

val enough_rows : Integers.t -> int -> bool

val listed_words : int list list -> int -> json list -> word0 list option

val endless : int list -> bool

val longest : int -> int list -> int

val many : int

val shapes_upto : int list list -> int -> int list list

val names_shape : int list list -> bytes -> int list list option

val term_shapes : int list list -> bytes -> int list list option

val more_first : int list -> int list -> bool

val shape_before : int list -> int list -> bool

val same_shape : int list -> int list -> bool

val once : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list -> 'a1 list

val parts_of : int list -> int -> part list option

val shape_parts : int list list -> int list -> part list list option

val shape_words : part list list -> word0 list

val level_words :
  int list list -> Integers.t -> int list list -> word0 list -> word0 list
  option

val words_of_level : int list list -> int -> bytes -> word0 list option

val words_at : int list list -> int -> json -> word0 list option

val ragged : int -> json -> Integers.t list list option

val by_word :
  int -> word0 list -> row list -> (word0 * row list) list -> (word0 * row
  list) list

val factored :
  int -> word0 list -> Integers.t -> Integers.t list list -> Integers.t list
  list -> sum_of_squares option

val squares_at : int list list -> int -> json -> json -> sum_of_squares option

val bound_evidence : bounded -> json -> sum_of_squares option

val correlations_evidence :
  centred -> json -> ((label * fraction_matrix) list * sum_of_squares) option

val level_evidence :
  centred -> json -> ((family list * rational) * sum_of_squares) option

val hermitian_rule : family list -> rule

val rules_of : statement -> json -> rule list option

type verdict =
| Proved of bytes
| Rejected of bytes
| Malformed
| Unknown of bytes

val judge : statement -> bytes -> json -> verdict

val examine : bytes -> verdict
