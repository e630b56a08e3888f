### Trang dành cho nhân viên: hàng chờ, hồ sơ, quyết định, tổng quan.

review-nav-dashboard = Tổng quan
review-nav-queue = Hồ sơ đăng ký

review-actor-system = Tự động

review-queue-title = Hồ sơ đăng ký
review-queue-lead = { $n ->
    [0] Không có hồ sơ nào chờ quyết định.
   *[other] { $n } hồ sơ đang chờ quyết định.
  }
review-search = Tìm theo tên, mã số thuế, email hoặc mã hồ sơ
review-state = Trạng thái
review-reviewer = Người xét duyệt
review-filter = Lọc
review-clear = Xóa bộ lọc
review-view-late = Quá hạn
review-asked = Đã gửi câu hỏi
review-whose-anybodys = Bất kỳ ai
review-whose-mine = Tôi
review-whose-nobodys = Chưa có ai
review-none-title = Không có hồ sơ nào chờ quyết định
review-none = Hồ sơ mới sẽ xuất hiện tại đây ngay khi được nộp.
review-none-filtered-title = Không có hồ sơ nào khớp với bộ lọc
review-none-elsewhere = Mới chỉ tìm trong trạng thái “{ $state }”.
review-everywhere = Tìm trong mọi trạng thái
review-none-filtered = Hãy thử từ khóa khác hoặc xóa bộ lọc.
review-found = Tìm thấy { $n } hồ sơ.
review-found-more = Tìm thấy hơn { $n } hồ sơ.
review-queue-caption = Hồ sơ đăng ký, sắp đến hạn trước
review-select-all = Chọn tất cả
review-select = Chọn { $name }
review-selected = Đã chọn {"{n}"}
review-applicant = Bên đăng ký
review-time-left-head = Thời gian làm việc còn lại
review-submitted = Ngày nộp
review-approve-selected = Phê duyệt mục đã chọn…
review-pages = Trang

review-back = Tất cả hồ sơ
review-back-case = Quay lại hồ sơ
review-due = hạn
review-alikes = Có thể trùng lặp
review-alike-tax-code = trùng mã số thuế
review-alike-name = trùng tên pháp lý
review-alike-domain = trùng tên miền email
review-alike-no-registration = Chưa có hồ sơ đăng ký.
review-account = Tài khoản
review-legal-name = Tên pháp lý
review-tax-code = Mã số thuế
review-now = Hiện tại: { $value }
review-root-user = Người dùng gốc
review-account-since = Ngày tạo tài khoản
review-letters-in = Email bằng { $language }
review-terms = Điều khoản đã chấp nhận
review-terms-version = Phiên bản { $version }
review-checks = Điều kiện hiện tại
review-requirement-registered = Đã đăng ký, email đã xác minh
review-requirement-independent = Không phải khách hàng của một đối tác
review-requirement-enterprise = Thuộc loại doanh nghiệp
review-met = Đạt
review-not-met = Chưa đạt
review-unmet-email = Địa chỉ email của người dùng gốc chưa được xác minh.
review-unmet-individual = Đây là tài khoản cá nhân.
review-unmet-customer = Tài khoản là khách hàng của { $partner }.
review-others = Các lần đăng ký khác của tài khoản này
review-reference = Mã hồ sơ
review-history = Lịch sử
review-private-note = Ghi chú nội bộ
review-now-deciding = Quyết định
review-now-asked = Đang chờ bên đăng ký trả lời
review-clock-stopped = Thời hạn tạm dừng cho đến khi có câu trả lời.

review-event-submitted = Đã nộp hồ sơ
review-event-due = Hạn: { $due }
review-event-was-due = Hạn trước đó: { $due }
review-event-taken = { $name } nhận hồ sơ
review-event-released = Đã trả về hàng chờ
review-event-asked = Đã gửi câu hỏi
review-event-answered = Đã trả lời câu hỏi
review-event-approved = Đã phê duyệt
review-event-rejected = Đã từ chối
review-event-withdrawn = Bên đăng ký đã rút hồ sơ
review-event-reminded = Đã nhắc nhân viên về thời hạn
review-event-escalated = Quá hạn, đã báo trưởng nhóm
review-event-delay-told = Đã báo bên đăng ký về việc chậm trễ

review-actions = Thao tác
review-settled-title = Đã kết thúc
review-settled = Hồ sơ này không cần quyết định nữa.
review-looks-title = Bạn chỉ có quyền xem
review-looks = Vai trò của bạn được xem hồ sơ và không được ra quyết định.
review-own-title = Tài khoản của chính bạn
review-own = Bạn thuộc tài khoản này. Không ai được quyết định về tài khoản của chính mình, vì vậy một đồng nghiệp phải nhận hồ sơ này.
review-held-title = Đã có người nhận
review-held-by = { $name } đã nhận hồ sơ này.
review-held = Người đó, hoặc người được trưởng nhóm giao, sẽ ra quyết định.
review-held-lead = Hãy tiếp quản hồ sơ nếu bạn muốn tự quyết định.
review-free-title = Chưa có người nhận
review-free = Hãy nhận hồ sơ trước khi quyết định để không có đồng nghiệp nào xử lý cùng lúc.
review-take = Nhận hồ sơ
review-take-over = Tiếp quản hồ sơ
review-decide = Quyết định
review-decide-asked = Bên đăng ký chưa trả lời câu hỏi của bạn.
review-approve = Phê duyệt…
review-reject = Từ chối…
review-ask = Hỏi bên đăng ký
review-question = Câu hỏi
review-question-hint = Được gửi bằng email, email dùng { $language }. Thời hạn tạm dừng cho đến khi có câu trả lời.
review-ask-send = Gửi câu hỏi
review-pass-on = Chuyển giao
review-colleague = Đồng nghiệp
review-choose = Chọn
review-hand-over = Bàn giao
review-release = Trả về hàng chờ

review-approve-title = Phê duyệt { $name }?
review-approve-lead = Tài khoản trở thành đối tác { $provider } ngay lập tức và bên đăng ký được báo qua email.
review-approve-confirm = Phê duyệt
review-reject-title = Từ chối { $name }
review-reject-confirm-title = Từ chối { $name }?
review-reject-lead = Bên đăng ký sẽ đọc được lý do và lời nhắn của bạn ngay qua email và trên cổng. Tài khoản có thể đăng ký lại.
review-reject-confirm = Từ chối
review-change = Sửa lại
review-reason = Lý do
review-words = Lời nhắn cho bên đăng ký
review-words-hint = Bên đăng ký đã chọn { $language }.
review-note = Ghi chú nội bộ (không bắt buộc)
review-note-hint = Chỉ nhân viên đọc được.

review-error-reason = Hãy chọn lý do
review-error-words = Hãy viết cho bên đăng ký biết vì sao hồ sơ bị từ chối
review-error-question = Hãy viết câu hỏi
review-error-long = Hãy viết tối đa { $max } ký tự
review-error-colleague = Hãy chọn một đồng nghiệp

review-refused-approved = Không có gì thay đổi: hồ sơ này vừa được phê duyệt.
review-refused-rejected = Không có gì thay đổi: hồ sơ này vừa bị từ chối.
review-refused-withdrawn = Không có gì thay đổi: bên đăng ký vừa rút hồ sơ này.
review-refused-question-open = Không có gì thay đổi: đang có một câu hỏi chờ trả lời.
review-refused-no-question = Không có gì thay đổi: không có câu hỏi nào đang chờ trả lời.
review-refused-held = Không có gì thay đổi: { $name } đã nhận hồ sơ này.
review-refused-not-taken = Không có gì thay đổi: hãy nhận hồ sơ trước.
review-refused-own-account = Không có gì thay đổi: bạn thuộc tài khoản này và không ai được quyết định về tài khoản của chính mình.
review-refused-role = Không có gì thay đổi: vai trò không cho phép thao tác này.
review-refused-unmet = Không thể phê duyệt: hiện tài khoản không đáp ứng đủ các điều kiện.
review-refused-deadline = Không có gì thay đổi: lịch làm việc không đủ dài để tính thời hạn.
review-refused-failure = Hệ thống gặp sự cố. Hãy thử lại với hồ sơ này.

review-done-taken = Bạn đã nhận hồ sơ này.
review-done-released = Hồ sơ đã được trả về hàng chờ.
review-done-handed-over = Hồ sơ đã được bàn giao.
review-done-asked = Câu hỏi đã được gửi. Thời hạn tạm dừng cho đến khi có câu trả lời.
review-done-approved = Đã phê duyệt. Bên đăng ký sẽ được báo qua email.
review-done-rejected = Đã từ chối. Bên đăng ký sẽ được báo qua email.
review-done-bulk = Tất cả hồ sơ đã chọn đã được phê duyệt.

review-bulk-title = Phê duyệt các hồ sơ đã chọn
review-bulk-heading = { $n ->
    [0] Không thể phê duyệt hồ sơ nào đã chọn
   *[other] Phê duyệt { $n } hồ sơ?
  }
review-bulk-lead = Các tài khoản này trở thành đối tác ngay lập tức và từng bên đăng ký được báo qua email.
review-bulk-fit = Sẽ được phê duyệt
review-bulk-confirm = Phê duyệt { $n } hồ sơ
review-bulk-unfit = { $n } hồ sơ không thể phê duyệt
review-bulk-nothing-title = Chưa chọn hồ sơ nào
review-bulk-nothing = Trước hết hãy chọn hồ sơ trong danh sách.
review-bulk-done-title = Chưa phê duyệt hết
review-bulk-not-approved = { $n } hồ sơ chưa được phê duyệt
review-bulk-approved = { $n } hồ sơ đã được phê duyệt

review-dashboard-title = Tổng quan
review-open-queue = Mở danh sách hồ sơ
review-waiting = Đang chờ
review-waiting-stopped = { $n } tạm dừng
review-due-today = Đến hạn hôm nay
review-late-head = Quá hạn
review-latest = nhiều nhất { $time }
review-median = Thời gian trung vị
review-ninetieth = Phân vị 90
review-of-decided = { $n } quyết định trong { $days } ngày
review-time-explained = Thời gian ra quyết định là thời gian làm việc, không tính lúc chờ bên đăng ký trả lời câu hỏi.
review-chart-title = Số hồ sơ được phê duyệt theo tuần
review-chart-week = tuần { $week }: { $count }
review-chart-in-words = Số hồ sơ được phê duyệt trong { $weeks } tuần gần đây: { $numbers }.
review-chart-table = Xem dạng bảng
review-week = Tuần
review-week-from = Từ ngày
review-approved = Được phê duyệt
review-elsewhere = Cũng đang chờ quyết định
review-elsewhere-late = { $n } quá hạn
review-urgent = Gấp nhất
